import type { Component } from 'svelte';
import type { Run } from '../../core/contracts/run.ts';
import CodeSection from './CodeSection.svelte';
import ConfigurationSection from './ConfigurationSection.svelte';
import JobsSection from './JobsSection.svelte';
import LibrarySection from './LibrarySection.svelte';
import OfflineSection from './OfflineSection.svelte';
import OpenSection from './OpenSection.svelte';
import ReportSection from './ReportSection.svelte';
import ShareSection from './ShareSection.svelte';

/** A part of the place Data. `run` is the finished run on the screen; null before there is one. */
export type DataSection = { readonly id: string; readonly title: string; readonly component: Component<{ run: Run | null }> };

/** In the order they are shown. */
export const dataSections: readonly DataSection[] = [
  { id: 'share', title: 'Share', component: ShareSection },
  { id: 'open', title: 'Open', component: OpenSection },
  { id: 'library', title: 'Kept here', component: LibrarySection },
  { id: 'jobs', title: 'Job directories', component: JobsSection },
  { id: 'configurations', title: 'Configurations', component: ConfigurationSection },
  { id: 'code', title: 'Code', component: CodeSection },
  { id: 'report', title: 'Report', component: ReportSection },
  { id: 'offline', title: 'Offline', component: OfflineSection },
];
