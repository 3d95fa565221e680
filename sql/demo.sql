-- name: show_on_sign_in!
-- Somebody of the demo's cast, for its sign-in page. Only the owner of the database may write it.
insert into demo_person (community_id, party_id, place, story) values (:community, :party, :place, :story);
