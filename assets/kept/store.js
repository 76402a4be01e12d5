// Tables in the browser's own store, by digest. Whatever lies there may be damaged, or somebody else's.

const NAME = "neural-playground-tables";
const TABLES = "tables";

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function within(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLES, { keyPath: "digest" });
  const store = await done(opening);
  try {
    const transaction = store.transaction(TABLES, mode);
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error); // the disk is full
    });
    const result = await done(act(transaction.objectStore(TABLES)));
    await finished;
    return result;
  } finally {
    store.close();
  }
}

const sound = ({ digest, name, choices, file, at }, most) => /^[0-9a-f]{16}$/.test(digest) && typeof name === "string" && name && name.length <= 300 &&
  choices && typeof choices === "object" && file instanceof Blob && file.size > 0 && file.size <= most && Number.isFinite(at);

// What is kept, the latest first, and how many entries were no tables; those are thrown away.
export async function kept(most) {
  const found = await within("readonly", (tables) => tables.getAll());
  const unsound = found.filter((entry) => !sound(entry, most));
  for (const { digest } of unsound) await remove(digest);
  return { tables: found.filter((entry) => sound(entry, most)).sort((a, b) => b.at - a.at), unsound: unsound.length };
}

export const put = (entry) => within("readwrite", (tables) => tables.put(entry));
export const remove = (digest) => within("readwrite", (tables) => tables.delete(digest));
export const clear = () => within("readwrite", (tables) => tables.clear());
