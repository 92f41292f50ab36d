import Simulator
import Synchronization
import Vocabulary

extension SimulatedTunnel {
    /// A tunnel with small pictures whose clock stands still until `advance(by:)`, which lives as long as the body runs.
    static func with<Result>(
        at instant: Timestamp = Timestamp(milliseconds: 1_795_442_400_000), _ change: (inout SimulatorSettings) -> Void = { _ in },
        _ body: (SimulatedTunnel) async throws -> Result
    ) async throws -> Result {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 160, height: 120)
        settings.now = { instant }
        change(&settings)
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
