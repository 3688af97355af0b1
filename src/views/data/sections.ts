import type { Component } from 'svelte';
import type { Run } from '../../core/contracts/run.ts';
import OfflineSection from './OfflineSection.svelte';
import ReportSection from './ReportSection.svelte';

/** A part of the place Data. `run` is the finished run on the screen; null before there is one. */
export type DataSection = { readonly id: string; readonly title: string; readonly component: Component<{ run: Run | null }> };

/** In the order they are shown. */
export const dataSections: readonly DataSection[] = [
  { id: 'report', title: 'Report', component: ReportSection },
  { id: 'offline', title: 'Offline', component: OfflineSection },
];
