/// A printer that prints: what it does and where its head is at any simulated time, computed from nothing but the settings.
package struct SimulatedPrinter: Hashable, Sendable {
    package let seed: UInt64
    package let layers: Int
    var schedule: PrintSchedule

    /// A printer whose first print starts at simulated time 0, or that idles, as the settings say.
    package init(_ settings: SimulatorSettings = SimulatorSettings()) {
        seed = settings.seed
        layers = settings.layers
        schedule = PrintSchedule(settings)
    }

    /// What the printer does after that much simulated time.
    package func moment(at elapsed: Duration) -> PrintMoment {
        schedule.moment(at: elapsed)
    }
}
