// What is kept on this device: records with their photos until the receipt is there, and what the office needs without a signal.
// "Kept" means that the transaction has completed. Rows belong to a person; nothing is removed because of a clock.
const NAME = "jitasa", VERSION = 1;
export const SCHEMA = 1; // of a record's row; `upgraded` brings older ones along

const PATIENCE = 4000; // ms: a tab of an older version that sleeps holds the store, and the form must not wait for it

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    let late = false;
    const giveUp = setTimeout(() => { late = true; reject(new DOMException("another tab holds it", "TimeoutError")); }, PATIENCE);
    request.onupgradeneeded = () => {
      const database = request.result;
      const have = (store, options) => (database.objectStoreNames.contains(store) ? request.transaction.objectStore(store) : database.createObjectStore(store, options));
      const records = have("records", { keyPath: "key" });
      if (!records.indexNames.contains("person")) records.createIndex("person", "person");
      const photos = have("photos", { keyPath: ["key", "sha256"] });
      if (!photos.indexNames.contains("key")) photos.createIndex("key", "key");
      have("things", { keyPath: "name" });
    };
    request.onsuccess = () => {
      clearTimeout(giveUp);
      if (late) { request.result.close(); return; } // the next act opens it anew
      request.result.onversionchange = () => { request.result.close(); opened = null; }; // a newer page wants its own version
      request.result.onclose = () => { opened = null; };
      resolve(request.result);
    };
    request.onerror = () => { clearTimeout(giveUp); reject(request.error); };
  }).catch((problem) => { opened = null; throw problem; });
  return opened;
}

/** Run `act(stores…)` in one transaction; resolves with its answer when it has completed, rejects when it was aborted. */
async function transact(names, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: "strict" });
    let answer;
    transaction.oncomplete = () => resolve(answer?.result ?? undefined);
    transaction.onabort = () => reject(transaction.error || new DOMException("aborted", "AbortError"));
    answer = act(...names.map((name) => transaction.objectStore(name)));
  });
}

/** Whether an error says that the device has no room. */
export const isFull = (problem) => problem?.name === "QuotaExceededError";

/** Whether another tab of this app stands in the way: one of a newer version, or one of an older that does not let go. */
export const isElsewhere = (problem) => ["VersionError", "TimeoutError"].includes(problem?.name);

function upgraded(row) { return row && { photos: [], action: "save", state: "draft", ...row, schema: SCHEMA }; }

export const putRecord = (row) => transact(["records"], "readwrite", (records) => { records.put({ ...row, schema: SCHEMA }); });
export const readRecord = async (key) => upgraded(await transact(["records"], "readonly", (records) => records.get(key)));
export const recordsOf = async (person) => (await transact(["records"], "readonly", (records) => records.index("person").getAll(String(person)))).map(upgraded);

/** Change some fields of a row, if it is still there; resolves to whether it was. */
export async function changeRecord(key, changes) {
  let found = false;
  await transact(["records"], "readwrite", (records) => {
    records.get(key).onsuccess = ({ target }) => { if (target.result) { found = true; records.put({ ...target.result, ...changes }); } };
  });
  return found;
}

/** The record and its photos leave this device together. */
export const dropRecord = (key) => transact(["records", "photos"], "readwrite", (records, photos) => { records.delete(key); clear(photos, key); });

/** It was sent: the photos go, a line with the number stays. */
export const recordSent = (key, line) => transact(["records", "photos"], "readwrite", (records, photos) => {
  clear(photos, key);
  records.get(key).onsuccess = ({ target }) => { if (target.result) records.put({ ...target.result, fields: [], photos: [], ...line, state: "sent" }); };
});

function clear(photos, key) {
  photos.index("key").getAllKeys(key).onsuccess = ({ target }) => target.result.forEach((each) => photos.delete(each));
}

export const putPhoto = (key, { sha256, blob, name, facts }) => transact(["photos"], "readwrite", (photos) => { photos.put({ key, sha256, blob, name, facts, arrived: false }); });
export const photosOf = (key) => transact(["photos"], "readonly", (photos) => photos.index("key").getAll(key));
export const photoArrived = (key, sha256) => transact(["photos"], "readwrite", (photos) => {
  photos.get([key, sha256]).onsuccess = ({ target }) => { if (target.result) photos.put({ ...target.result, arrived: true }); };
});
export const dropPhoto = (key, sha256) => transact(["photos"], "readwrite", (photos) => { photos.delete([key, sha256]); });

export const putThing = (name, value) => transact(["things"], "readwrite", (things) => { things.put({ name, value }); });
export const readThing = async (name) => (await transact(["things"], "readonly", (things) => things.get(name)))?.value ?? null;
export const dropThing = (name) => transact(["things"], "readwrite", (things) => { things.delete(name); });

const LITTLE = 30 * 1024 * 1024; // bytes: a record with ten photos and something to spare

/** Bytes this device still gives us, `null` where the browser does not say. */
export async function roomLeft() {
  const { quota, usage } = await navigator.storage?.estimate?.() ?? {};
  return quota === undefined ? null : Math.max(0, quota - usage);
}
export const isLittle = (bytes) => bytes !== null && bytes < LITTLE;

/** Ask the browser not to clear what is kept when the device runs low. */
export const holdOn = () => navigator.storage?.persist?.().catch(() => false);
