/* Makes the pages smoother; every page works without it.
   1. Slide-over: a row's address arrives as a <dialog>; the browser traps the focus and closes it by Escape.
   2. Menus (<details class="menu">) close by Escape or a click outside. */
"use strict";

// htmx parses answers of this site as HTML. Scripts and script addresses stay refused under Trusted Types.
if (window.trustedTypes && !window.trustedTypes.defaultPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (html) => html });
}

const openSlideOver = () => document.querySelector("dialog.slide-over[open]");
let listAddress = location.href;

document.addEventListener("htmx:beforeRequest", () => {
  if (!openSlideOver()) listAddress = location.href;
});

// A session that ended answers with the sign-in page, a refusal with an error page: show either as a page of its own.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, location.href);
  const got = new URL(xhr.responseURL || asked, location.href);
  if (xhr.status >= 400 || got.pathname !== asked.pathname) {
    event.detail.shouldSwap = false;
    location.assign(asked);
  }
});
document.addEventListener("htmx:sendError", (event) => location.assign(event.detail.requestConfig.path));

document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = event.detail.target.querySelector("dialog.slide-over");
  if (!dialog) return;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (location.href !== listAddress) history.back();
  });
  dialog.showModal();
});

// Back closes the slide-over; the list behind it stays as it was, scrolled and searched.
window.addEventListener("popstate", (event) => {
  const dialog = openSlideOver();
  if (location.href !== listAddress || event.state === null) return;
  event.stopImmediatePropagation();
  if (dialog) dialog.close();
}, true);

document.addEventListener("click", (event) => {
  const dialog = openSlideOver();
  if (dialog && (event.target === dialog || event.target.closest("[data-closes-slide-over]"))) {
    event.preventDefault();
    dialog.close();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
});
