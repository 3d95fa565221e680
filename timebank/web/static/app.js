/* What a page gains where scripts run. Every page works without. */
(function () {
  "use strict";
  var words = document.body.dataset, told;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }
  function say(text, wrong) {
    var place = document.getElementById("said"), box, line;
    if (!place) return;
    box = document.createElement("div");
    line = document.createElement("p");
    box.className = wrong ? "notice wrong" : "notice";
    line.textContent = text;
    box.appendChild(line);
    place.textContent = "";
    place.appendChild(box);
    if (wrong) place.scrollIntoView({ block: "center" });
  }
  function focus(part) {
    if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
    part.focus();
  }

  /* One press is enough: the button says so, and a second press does nothing for ten seconds. */
  function rest(form) {
    var label = form.busy;
    if (!label) return;
    form.busy = null;
    label.textContent = label.was;
    label.parentNode.removeAttribute("aria-busy");
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter || form.querySelector("button"), label;
    if (form.busy) { event.preventDefault(); event.stopPropagation(); return; }
    if (navigator.onLine === false) { event.preventDefault(); event.stopPropagation(); say(words.offline, true); return; }
    label = button && button.querySelector("span");
    if (!label) return;
    label.was = label.textContent;
    label.textContent = words.busy;
    button.setAttribute("aria-busy", "true");
    form.busy = label;
    setTimeout(function () { rest(form); }, 10000);
  }, true);
  addEventListener("pageshow", function () { each("form", rest); });
  document.addEventListener("htmx:afterRequest", function () { each("form", rest); });

  /* After a swap: to what is wrong, else to the new heading. Small changes leave the focus alone. */
  function arrive(event) {
    var part = event.target, request = event.detail && event.detail.xhr, title, heading, wrong;
    improve();
    if (!request || request === told) return;
    wrong = part.querySelector("#wrong") || (part.id === "wrong" && part);
    title = part.matches("h1") ? part : part.querySelector("h1");
    heading = title || part.querySelector("h2");
    if (title && !/<title/i.test(request.responseText)) {
      title = words.title.replace("%s", title.textContent.trim());
      document.title = wrong ? words.wrong.replace("%s", title) : title;
    }
    if (wrong) focus(wrong);
    else if (heading && (title || document.activeElement === document.body)) focus(heading);
    else return;
    told = request;
  }
  document.addEventListener("htmx:afterSettle", arrive);
  ["htmx:sendError", "htmx:timeout", "htmx:swapError"].forEach(function (name) {
    document.addEventListener(name, function () { say(words.lost, true); });
  });

  /* Typing in "another day" or "another time" chooses it. */
  document.addEventListener("input", function (event) {
    var parts = event.target.closest(".parts");
    if (!parts) return;
    each('input[name="' + parts.dataset.of + '"][value="other"]', function (radio) { radio.checked = true; });
  });

  function improve() {
    each(".secret:not([data-on])", function (place) {
      var input = place.querySelector("input"), button = document.createElement("button");
      place.dataset.on = "1";
      button.type = "button";
      button.className = "btn";
      button.textContent = words.show;
      button.onclick = function () {
        var hidden = input.type === "password";
        input.type = hidden ? "text" : "password";
        button.textContent = hidden ? words.hide : words.show;
      };
      place.appendChild(button);
    });
    each("[data-print]", function (button) {
      button.hidden = false;
      button.onclick = function () { print(); };
    });
  }
  improve();

  /* A notice that came with the page is read aloud once the page stands. */
  var said = document.getElementById("said");
  if (said && said.firstElementChild) setTimeout(function () { said.appendChild(said.firstElementChild); }, 200);
  var wrong = document.getElementById("wrong");
  if (wrong) focus(wrong);
})();
