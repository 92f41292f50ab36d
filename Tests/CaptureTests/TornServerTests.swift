import Capture
import CaptureSupport
import HTTP
import Simulator
import Testing
import Tunnel
import Vocabulary

/// On the machine's own clock: a silence that is waited for costs the slots after it. They are long enough for a machine that has
/// other tests to run.
@Suite(.timeLimit(.minutes(2))) struct `A server whose pictures are overwritten while they are read` {
    @Test func `loses hardly a slot, though every second answer is torn in one of its ways`() async throws {
        var settings = SimulatorSettings.small
        settings.pictureInterval = .seconds(1)
        try await CaptureBench.with(settings) { bench in
            // The simulated printer follows the machine's clock as well.
            var settings = settings
            settings.now = { SystemJobClock().now() }
            settings.faults = [try Fault(parsing: "torn:2")]
            let tunnel = try await SimulatedTunnel.start(settings)
            let setup = CameraSetup(
                name: bench.camera, source: .tunnel(try TunnelEndpoint(parsing: tunnel.endpoint)),
                policy: .every(.seconds(3)))
            let summary = try await bench.run([setup], JobEnd(slots: 12), clock: SystemJobClock()).total
            await tunnel.stop()
            #expect(summary.slots[.timeout] == nil)
            #expect(
                summary.slots[.stored, default: 0] + summary.slots[.unchanged, default: 0] >= 11, "\(summary.slots)")
        }
    }
}
