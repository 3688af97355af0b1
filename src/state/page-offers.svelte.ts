/** The browser's own offer to install the page, kept until a person asks for it. */
type InstallPrompt = Event & { readonly prompt: () => Promise<{ readonly outcome: 'accepted' | 'dismissed' }> };

let acceptRelease = $state.raw<(() => void) | null>(null);
let isReleaseComing = $state(false);
let installPrompt = $state.raw<InstallPrompt | null>(null);

/** What the page may offer a person: a newer release that is kept already, and to be installed. */
export const pageOffers = {
  get hasRelease() {
    return acceptRelease !== null;
  },
  offerRelease(accept: () => void): void {
    acceptRelease = accept;
  },
  /** A newer release was asked for by this page, which is loaded again once that release's worker has heard. */
  get isReleaseComing() {
    return isReleaseComing;
  },
  /** The page is loaded again, in the newer release. */
  takeRelease(): void {
    isReleaseComing = true;
    acceptRelease?.();
  },
  /** Until the page is opened the next time. */
  declineRelease(): void {
    isReleaseComing = false;
    acceptRelease = null;
  },
  get canInstall() {
    return installPrompt !== null;
  },
  async install(): Promise<void> {
    const prompt = installPrompt;
    installPrompt = null;
    await prompt?.prompt();
  },
};

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  installPrompt = event as InstallPrompt;
});
window.addEventListener('appinstalled', () => (installPrompt = null));
