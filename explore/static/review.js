// Review by keyboard: a key presses the button that bears it, and the next cell takes the place of
// this one. It came along with this one and is shown at once; what the answer says of it then
// replaces it, and only then can it be decided. Without this script the same forms lead to whole
// pages.
"use strict";

(() => {
  const SINGLE = "gongkai_review_single";
  const said = document.getElementById("review-said");
  const help = document.getElementById("review-help");
  const single = document.getElementById("review-single");
  let busy = false;
  let pressedAhead = null;

  const item = () => document.getElementById("review-item");
  const say = (text) => { if (text) said.textContent = text; };

  function cellOf(part) {
    const fields = ["report_id", "cell"].map((name) => part.querySelector(`[name=${name}]`));
    return fields.every(Boolean) ? fields.map((field) => field.value).join("/") : null;
  }

  function stored(value) {
    try {
      if (value !== undefined) localStorage.setItem(SINGLE, value);
      return localStorage.getItem(SINGLE);
    } catch (_) {
      return null;
    }
  }

  function focusOnItem() {
    const head = document.getElementById("review-head");
    if (head) head.focus({ preventScroll: true });
    const box = document.getElementById("review-box");
    const page = box && box.closest(".review-page, .review-table");
    if (page) {
      const top = box.getBoundingClientRect().top - page.getBoundingClientRect().top;
      page.scrollTop += top - page.clientHeight / 2;
    }
  }

  // Pictures of what comes next are drawn and fetched while this one is looked at.
  function prepareNext() {
    const ahead = item().querySelector("#review-ahead");
    if (!ahead) return;
    for (const image of ahead.content.querySelectorAll("image")) new Image().src = image.getAttribute("href");
  }

  function show(part) {
    item().replaceWith(part);
    window.scrollTo(0, 0);
    focusOnItem();
    prepareNext();
  }

  function showAhead() {
    const ahead = item().querySelector("#review-ahead");
    if (!ahead) return;
    const part = document.importNode(ahead.content.querySelector("#review-item"), true);
    part.setAttribute("aria-busy", "true");
    show(part);
  }

  // The same cell as it is after the decision, with what was typed meanwhile.
  function showAnswer(part) {
    const same = cellOf(part) && cellOf(part) === cellOf(item());
    const field = document.getElementById("review-value");
    const typed = same && field ? field.value : "";
    const isTyping = same && field === document.activeElement;
    if (!same) pressedAhead = null;
    show(part);
    if (typed) {
      const now = document.getElementById("review-value");
      now.value = typed;
      now.dispatchEvent(new Event("input", { bubbles: true }));
      if (isTyping) now.focus();
    }
  }

  async function send(form, submitter) {
    const key = submitter && submitter.dataset.key;
    if (busy) {
      pressedAhead = key || null;
      return;
    }
    busy = true;
    const sent = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) sent.set(submitter.name, submitter.value);
    const address = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action");
    const before = item();
    if (["a", "s", "b", "n"].includes(key)) showAhead();
    try {
      const answer = await fetch(address, {
        method: "POST", body: sent, headers: { "x-gongkai-review": "1" }, credentials: "same-origin",
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text.slice(0, 400));
      const part = new DOMParser().parseFromString(text, "text/html").getElementById("review-item");
      if (!part) throw new Error(text.slice(0, 400));
      showAnswer(document.adoptNode(part));
      const head = document.getElementById("review-head");
      say([part.dataset.said, head && head.textContent.trim()].filter(Boolean).join(" "));
    } catch (error) {
      pressedAhead = null;
      if (item() !== before) show(before);
      say(error.message);
    } finally {
      busy = false;
    }
    const next = pressedAhead;
    pressedAhead = null;
    if (next) press(next);
  }

  function press(key) {
    const found = item().querySelector(`button[data-key="${key}"]`);
    if (found && !found.disabled) found.click();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.classList.contains("review-form")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "review-value") return;
    const enter = document.getElementById("review-enter");
    const typed = event.target.value.trim();
    enter.firstElementChild.textContent = typed ? `${enter.dataset.take} ${typed}` : enter.dataset.accept;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#review-help-open")) help.showModal();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (help.open) return;
    const value = document.getElementById("review-value");
    const at = event.target;
    if (at === value) {
      if (event.key === "Escape") {
        value.value = "";
        value.dispatchEvent(new Event("input", { bubbles: true }));
        focusOnItem();
      }
      return;
    }
    if (at.closest("input, textarea, select, summary")) return;
    if (event.key === "Enter") {
      if (at.closest("a, button")) return;
      event.preventDefault();
      press("a");
      return;
    }
    if (!single.checked) return;
    if (/^[0-9.\-]$/.test(event.key)) {
      // The character itself is typed into the field that has the focus from now on.
      if (value) value.focus();
      return;
    }
    const key = { j: "n", k: "n" }[event.key] || event.key;
    if (["a", "s", "b", "n", "u", "?"].includes(key)) {
      event.preventDefault();
      press(key);
    }
  });

  single.checked = stored() !== "off";
  single.addEventListener("change", () => stored(single.checked ? "on" : "off"));
  focusOnItem();
  prepareNext();
})();
