import { surroundingsHere } from '../surroundings.ts';

postMessage(surroundingsHere());
