/* Says on the page when a passkey could not be used: without it, django-allauth's scripts tell the console alone. */
(() => {
  const told = () => document.querySelectorAll("[data-passkey-failed]");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    told().forEach((each) => { each.hidden = false; });
  });
  document.addEventListener("click", () => told().forEach((each) => { each.hidden = true; }), true);
})();
