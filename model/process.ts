/** True while there is a process of that id on this machine, whoever it belongs to. What a crash left names one that is gone. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is such a process, it is not ours.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
