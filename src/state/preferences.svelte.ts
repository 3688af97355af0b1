export type Theme = 'system' | 'light' | 'dark';

const key = 'impact-workbench-theme';
const atStart = stored();
let theme = $state<Theme>(atStart);
apply(atStart);

export const preferences = {
  get theme() {
    return theme;
  },
  setTheme(choice: Theme): void {
    theme = choice;
    apply(choice);
    try {
      localStorage.setItem(key, choice);
    } catch {
      // Storage may be denied or full: the choice then lasts until the page is closed.
    }
  },
};

function apply(choice: Theme): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}
