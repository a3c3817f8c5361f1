// Photos that wait in the phone: kept with their key until the server has them.
function wished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opened;
function photos(mode) {
  if (!opened) {
    const request = indexedDB.open("alveole-photos", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "key" });
    opened = wished(request);
  }
  return opened.then((base) => base.transaction("photos", mode).objectStore("photos"));
}

export const kept = async () => wished((await photos("readonly")).getAll());
export const keep = async (photo) => wished((await photos("readwrite")).put(photo));
export const forget = async (key) => wished((await photos("readwrite")).delete(key));
