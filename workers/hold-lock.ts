/** Takes a lock and keeps it for as long as the worker lives; false where there are no locks. */
export async function holdLock(lockName: string): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  return new Promise((resolve) => {
    void navigator.locks.request(lockName, () => {
      resolve(true);
      return new Promise(() => undefined);
    });
  });
}
