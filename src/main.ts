import { CommanderError } from 'commander';
import { program } from './cli.ts';

// A reader that closes the pipe (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); throw error; });

try {
  await program((code) => { process.exitCode = code; }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else (await import('./commands/ended.ts')).ended(error);
}
