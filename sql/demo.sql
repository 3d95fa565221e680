-- name: show_on_sign_in!
-- Somebody of the demo's cast, for its sign-in page. Only the owner of the database may write it.
insert into demo_person (community_id, party_id, place, story) values (:community, :party, :place, :story);

-- name: finished_towns$
-- A town's cast is written last: whoever finds it, finds a town that was loaded to the end.
select count(distinct d.community_id) from demo_person d join community c on c.id = d.community_id;
