// Times on the reader's own clock: the server does not know where whoever opened the link is.
(() => {
  "use strict";
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  const language = document.documentElement.lang;
  const parts = (moment, options) =>
    Object.fromEntries(
      new Intl.DateTimeFormat(language, { timeZone: zone, ...options })
        .formatToParts(moment)
        .map(({ type, value }) => [type, value]),
    );
  const hour = (moment) => {
    const found = parts(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return `${found.hour}:${found.minute}`;
  };
  for (const time of document.querySelectorAll("time[data-until]")) {
    const [start, end] = [new Date(time.dateTime), new Date(time.dataset.until)];
    const day = parts(start, { weekday: "short", day: "numeric", month: "short" });
    // What the other side's clock shows is worth a word only where it is another time.
    const other = time.parentElement.querySelector("[data-elsewhere]");
    if (other?.dataset.elsewhere === hour(start)) other.hidden = true;
    time.textContent = `${day.weekday} ${day.day} ${day.month}, ${hour(start)}–${hour(end)}`;
  }
  const city = zone.split("/").pop().replaceAll("_", " ");
  for (const word of document.querySelectorAll("[data-zone]"))
    word.textContent = word.dataset.zone.replace("{city}", city);
  for (const field of document.querySelectorAll("[data-zone-name]")) field.value = zone;
})();
