import Simulator
import Synchronization
import Vocabulary

extension SimulatorSettings {
    /// Small pictures, and a clock that stands still.
    static func small(
        at instant: Timestamp = Timestamp(seconds: 1_795_442_400),
        _ change: (inout SimulatorSettings) -> Void = { _ in }
    ) -> SimulatorSettings {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.now = { instant }
        change(&settings)
        return settings
    }
}

extension SimulatedTunnel {
    /// A tunnel that lives as long as the body runs.
    static func with<Result>(
        _ settings: SimulatorSettings = .small(), _ body: (SimulatedTunnel) async throws -> Result
    ) async throws -> Result {
        let tunnel = try await SimulatedTunnel.start(settings)
        do {
            let result = try await body(tunnel)
            await tunnel.stop()
            return result
        } catch {
            await tunnel.stop()
            throw error
        }
    }

    /// The address that the webcam API announces, `nil` for null.
    func announced() async throws -> String? {
        let answer = try await RawClient.send(endpoint + "/_tsd_/webcam/0/")
        let parts = answer.text.split(separator: "\"")
        return parts.count > 3 ? String(parts[3]) : nil
    }
}

/// A clock that moves when it is set.
final class StoppedClock: Sendable {
    private let instant: Mutex<Timestamp>

    init(_ instant: Timestamp) {
        self.instant = Mutex(instant)
    }

    var now: Timestamp {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }
}
