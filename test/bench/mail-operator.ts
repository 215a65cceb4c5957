import { startMssSimulator, type MssSimulator, type MssSimulatorSettings } from '../../connectors/mssante/simulator/simulator.ts';

// An operator in a process of its own, which takes mails without reading them. Told its certificate once, then asked to count.
let simulator: MssSimulator | null = null;
process.on('message', (tls: MssSimulatorSettings['tls'] | 'count') => {
  if (tls === 'count') {
    process.send?.({ arrivals: simulator?.report().arrivals ?? 0 });
    simulator?.reset();
    return;
  }
  void startMssSimulator({ tls, judging: false, keepBytes: 1 << 20 }).then((started) => { simulator = started; process.send?.({ port: started.ports.starttls }); });
});
process.on('disconnect', () => { process.exit(0); });
