// Puts a file in, part by part: shows how far it is, waits out a lost connection, asks how much is
// there and goes on (advocacy/files/uploads.py). Without this script the same form sends it at once.
(() => {
  "use strict";
  const PAUSES = [1000, 2000, 5000, 10000, 20000, 30000]; // milliseconds between attempts
  const LOOK = 1500; // milliseconds between questions whether it was checked

  const wait = (milliseconds) =>
    new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      window.addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
    });

  class Refused extends Error {}

  class Upload {
    constructor(form) {
      this.form = form;
      this.stopped = null;
      form.classList.add("is-scripted");
      for (const each of form.querySelectorAll("[data-without-script]")) each.hidden = true;
      form.addEventListener("change", (event) => {
        const [file] = event.target.files ?? [];
        if (file) this.run(file).finally(() => (event.target.value = ""));
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      this.find("[data-stop]").addEventListener("click", () => this.stopped?.abort());
    }
    find(selector) {
      return this.form.querySelector(selector);
    }
    say(words, percent) {
      this.find("[data-said]").textContent = words;
      if (percent !== undefined) this.find("progress").value = percent;
    }
    problem(words) {
      const box = this.find("[data-problem]");
      box.textContent = words;
      box.hidden = !words;
    }
    busy(is) {
      this.find("[data-progress]").hidden = !is;
      for (const input of this.form.querySelectorAll("input[type=file]")) input.disabled = is;
    }
    async run(file) {
      const { most, tooLarge, stopped, failed } = this.form.dataset;
      this.problem("");
      if (file.size > Number(most)) return this.problem(tooLarge);
      this.stopped = new AbortController();
      this.busy(true);
      try {
        const [url, received] = await this.begin(file);
        await this.send(url, file, received);
        await this.checked(url);
      } catch (error) {
        if (error.name === "AbortError") this.problem(stopped);
        else this.problem(error instanceof Refused ? error.message : failed);
      } finally {
        this.busy(false);
      }
    }
    // One that stopped goes on; else it is announced.
    async begin(file) {
      for (const row of document.querySelectorAll('[data-unfinished][data-state="uploading"]')) {
        if (row.dataset.name === file.name && Number(row.dataset.size) === file.size) {
          const { received } = await this.ask(row.dataset.unfinished);
          return [row.dataset.unfinished, received];
        }
      }
      const body = new URLSearchParams({ name: file.name, size: file.size, type: file.type });
      const said = await this.ask(this.form.action, { method: "POST", body });
      return [said.upload, said.received];
    }
    async send(url, file, received) {
      const part = Number(this.form.dataset.part);
      let failures = 0;
      this.show(file, received);
      while (received < file.size) {
        try {
          const said = await this.ask(url, {
            method: "POST",
            headers: { "Upload-Offset": received, "Content-Type": "application/octet-stream" },
            body: file.slice(received, received + part),
          });
          received = said.received;
          failures = 0;
        } catch (error) {
          // A server that has another number says which.
          if (error instanceof Refused) {
            if (error.received === undefined || error.received === received) throw error;
            received = error.received;
            continue;
          }
          if (error.name === "AbortError" || failures >= 40) throw error;
          this.say(this.form.dataset.broken);
          await wait(PAUSES[Math.min(failures++, PAUSES.length - 1)]);
          received = (await this.ask(url).catch(() => ({ received }))).received;
        }
        this.show(file, received);
      }
    }
    show(file, received) {
      const percent = Math.floor((100 * received) / file.size);
      this.say(`${this.form.dataset.sending}: ${file.name}, ${percent} %`, percent);
    }
    // The page is drawn anew with the file in it, or with why not.
    async checked(url) {
      this.say(this.form.dataset.checking, 100);
      for (let looks = 0; looks < 8; looks++) {
        await wait(LOOK);
        const { state } = await this.ask(url).catch(() => ({ state: "checking" }));
        if (state !== "checking") break;
      }
      location.hash = "files";
      location.reload();
    }
    async ask(url, options = {}) {
      const token = this.find("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(url, {
        ...options,
        credentials: "same-origin",
        signal: this.stopped.signal,
        headers: { Accept: "application/json", "X-CSRFToken": token, ...options.headers },
      });
      const said = await answer.json().catch(() => null);
      if (answer.ok && said) return said;
      // What the server cannot answer now (500, 502, 503), it can later.
      if (answer.status >= 500) throw new Error(String(answer.status));
      const problem = said?.problem ?? this.form.dataset.failed;
      throw Object.assign(new Refused(problem), { received: said?.received });
    }
  }

  for (const form of document.querySelectorAll("[data-upload]")) new Upload(form);
})();
