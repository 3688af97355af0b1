import { mount } from 'svelte';
import App from './App.svelte';
import { startApp } from './state/run.svelte.ts';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');

// The workers start first; the page is drawn in the next task, while they do.
startApp();
setTimeout(() => mount(App, { target }));
