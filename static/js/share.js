// Tells that the page was really in front of somebody, once it was for a moment. A page that is only
// fetched (mail scanners, previews, prefetching) runs none of this, so it counts nothing.
(() => {
  "use strict";
  const LONG_ENOUGH = 1000; // milliseconds
  let waiting = 0;
  const tell = () => {
    document.removeEventListener("visibilitychange", look);
    fetch(location.pathname, { method: "POST", keepalive: true, credentials: "same-origin" }).catch(
      () => {},
    );
  };
  function look() {
    clearTimeout(waiting);
    if (document.visibilityState === "visible") waiting = setTimeout(tell, LONG_ENOUGH);
  }
  document.addEventListener("visibilitychange", look);
  look();
})();
