/* Cove's tracker. <script async src="…/collect/t.js" data-key="wk_…"></script>
   It tells page views by itself; cove.track("event", {…}) tells the rest. */
(function () {
  "use strict";
  var script = document.currentScript;
  var key = script && script.getAttribute("data-key");
  if (!key || window.cove) return;
  var home = new URL(script.src).origin;
  var kept = "cove_anonymous_id";
  var shown = "";
  var from = document.referrer;

  function uuid() {
    var b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    return Array.from(b, function (n, i) {
      return ([4, 6, 8, 10].indexOf(i) < 0 ? "" : "-") + (n + 256).toString(16).slice(1);
    }).join("");
  }

  function anonymousId() {
    var id = null;
    try {
      id = localStorage.getItem(kept);
      if (!id) localStorage.setItem(kept, (id = uuid()));
    } catch (blocked) {
      id = anonymousId.once = anonymousId.once || uuid();
    }
    return id;
  }

  function send(door, event) {
    event.write_key = key;
    event.message_id = uuid();
    event.anonymous_id = anonymousId();
    event.timestamp = new Date().toISOString();
    var url = home + "/collect/" + door;
    var body = JSON.stringify(event);
    if (navigator.sendBeacon && navigator.sendBeacon(url, body)) return;
    fetch(url, { method: "POST", body: body, keepalive: true, credentials: "omit" }).catch(function () {});
  }

  function page(properties) {
    shown = location.href;
    send("page", {
      url: shown.slice(0, 2000),
      title: document.title.slice(0, 500),
      referrer: from.slice(0, 2000),
      properties: properties || {}
    });
    from = shown;
  }

  function track(event, properties) {
    send("track", { event: event, url: location.href.slice(0, 2000), properties: properties || {} });
  }

  function moved() {
    setTimeout(function () {
      if (location.href.split("#")[0] !== shown.split("#")[0]) page();
    }, 0);
  }

  /* A link to one of our codes carries the visitor's id, so that both sites know him as one. */
  function decorate(click) {
    var link = click.target && click.target.closest && click.target.closest("a[href]");
    if (!link) return;
    var url = new URL(link.href, location.href);
    if (url.origin !== home || url.pathname.indexOf("/c/") !== 0) return;
    url.searchParams.set("cv", anonymousId());
    link.href = url.href;
  }

  ["pushState", "replaceState"].forEach(function (name) {
    var real = history[name];
    history[name] = function () {
      var result = real.apply(this, arguments);
      moved();
      return result;
    };
  });
  addEventListener("popstate", moved);
  ["mousedown", "touchstart", "keydown", "click"].forEach(function (kind) {
    document.addEventListener(kind, decorate, { capture: true, passive: true });
  });
  window.cove = { page: page, track: track, anonymousId: anonymousId };
  page();
})();
