// Keys for the cards, and answers without loading the page anew. Everything here can be done without it as well.
"use strict";
(() => {
  const said = document.getElementById("said");
  const cards = () => [...document.querySelectorAll("article.card")];
  const keysAreOn = () => document.body.dataset.keys === "on";

  const tell = (text) => {
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = text; });
  };

  const nearest = () => {
    const all = cards();
    const at = document.activeElement && document.activeElement.closest("article.card");
    if (at) return all.indexOf(at);
    const seen = all.findIndex((card) => card.getBoundingClientRect().bottom > 120);
    return seen;
  };

  const goTo = (card) => {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  };

  // Puts what changed in a page that was sent into the one that is shown; what was typed on other cards stays.
  const take = (sent) => {
    for (const card of cards()) {
      const other = sent.getElementById(card.id);
      if (other && other.dataset.state !== card.dataset.state) card.replaceWith(document.adoptNode(other));
    }
    for (const id of ["counts", "undo", "plan"]) {
      const here = document.getElementById(id), other = sent.getElementById(id);
      if (here && other) here.replaceWith(document.adoptNode(other));
    }
    mark();
  };

  const send = async (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.set(button.name, button.value);
    let answer, text;
    try {
      answer = await fetch(form.action, { method: "POST", body: fields });
      text = await answer.text();
    } catch {
      tell("Nobody answers: this review has ended. Start it again with vaultprune review.");
      return;
    }
    const sent = new DOMParser().parseFromString(text, "text/html");
    const main = sent.querySelector("main[data-look]");
    const here = document.querySelector("main[data-look]");
    if (!answer.ok || !main || main.dataset.look !== here.dataset.look) {
      tell(answer.ok ? "The suggestions are others by now." : [...sent.querySelectorAll("main p")]
        .slice(0, -1).map((line) => line.textContent).join(" ") || "That could not be done.");
      return;
    }
    if (main.dataset.page !== here.dataset.page) { // the next card stands on another one
      location.assign(`${answer.url}#card-${main.dataset.next}`);
      return;
    }
    take(sent);
    const next = document.getElementById(`card-${main.dataset.next}`);
    const undo = sent.getElementById("said").textContent;
    tell(undo + (keysAreOn() && undo && !button.closest("#bar") ? " Press z to undo." : ""));
    goTo(next);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches('[action="decide"], [action="undo"]')) {
      event.preventDefault();
      send(form, event.submitter || form.querySelector("button"));
    } else if (form.matches('[action="apply"]')) {
      setTimeout(() => { form.querySelector("button").disabled = true; }, 0);
      tell("At work. Please leave this page open.");
    }
  });

  // Shows on each button the key that presses it.
  const mark = () => {
    for (const button of document.querySelectorAll("button[data-key]")) {
      if (button.querySelector("kbd")) continue;
      const key = document.createElement("kbd");
      key.textContent = button.dataset.key;
      key.setAttribute("aria-hidden", "true");
      button.append(key);
      if (keysAreOn()) button.setAttribute("aria-keyshortcuts", button.dataset.key);
    }
  };

  const press = (key) => {
    const all = cards();
    if (key === "?") {
      const help = document.getElementById("help");
      if (!help) return;
      help.open = true;
      help.querySelector("summary").focus();
    } else if (key === "j" || key === "k") {
      const at = nearest();
      const inside = document.activeElement && document.activeElement.closest("article.card");
      const step = key === "j" ? (inside ? 1 : 0) : -1;
      goTo(all[Math.max(0, Math.min(all.length - 1, at + step))]);
    } else if (key === "z") {
      const undo = document.getElementById("undo");
      if (undo && !undo.disabled) undo.click();
    } else {
      const card = all[nearest()];
      const button = card && card.querySelector(`button[data-key="${key}"]`);
      if (button) button.click();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.target.closest("input, select, textarea")) return;
    if (!"jkephz?".includes(event.key) || !document.querySelector("main[data-look]")) return;
    event.preventDefault();
    press(event.key);
  });

  mark();
  if (location.hash.startsWith("#card-")) goTo(document.getElementById(location.hash.slice(1)));
})();
