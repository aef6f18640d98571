// Everything works without this file. It adds: "/" goes to the search box, addresses stay short,
// and on a phone the filters stay open while several are ticked.
"use strict";

const box = document.getElementById("q");
const filters = document.getElementById("filters");
const REOPEN = "corpus-filters";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

const form = document.getElementById("search");
form?.addEventListener("submit", () => {
  // Empty inputs would only lengthen the address; the words stay, since "?q=" means all articles.
  const empty = [...form.elements].filter((input) => input.name && input.name !== "q" && input.value === "");
  empty.forEach((input) => { input.disabled = true; });
  setTimeout(() => empty.forEach((input) => { input.disabled = false; }));
});

if (filters?.showPopover) {
  filters.addEventListener("click", (event) => {
    if (event.target.closest("a") && filters.matches(":popover-open")) {
      sessionStorage.setItem(REOPEN, String(filters.scrollTop));
    }
  });
  const scroll = sessionStorage.getItem(REOPEN);
  sessionStorage.removeItem(REOPEN);
  if (scroll !== null) {
    filters.showPopover();
    filters.scrollTop = Number(scroll);
  }
}
