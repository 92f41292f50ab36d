import Archive
import Budget
import HTTP
import Tunnel
import Vocabulary

/// Asks OctoPrint about its job now and then, as far as the budget allows, and never delays a picture.
struct PrinterWatch: Sendable {
    let camera: CameraName
    let client: TunnelClient
    let pulse: TunnelPulse
    let apiKey: Secret
    let prints: CameraPrints
    let allowances: Allowances
    let clock: any JobClock
    let tell: @Sendable (CaptureEvent) -> Void

    /// Between two looks whether it is time to ask.
    static let tick = Duration.seconds(10)
    /// What an answer brings at the most; it is about 800 bytes.
    static let expected = ByteCount(16 * 1024)

    /// Runs until the task is cancelled.
    ///
    /// - Throws: ``ArchiveError`` where a print could not be recorded, `CancellationError`.
    func run() async throws -> Never {
        var failure = Failure()
        while true {
            if pulse.goodAnswers > failure.heard { failure.backOff.heardWell() }
            if !failure.backOff.isWaiting(at: clock.now()), prints.shallAskOctoPrint(at: clock.now()) {
                try await ask(&failure)
            }
            try await clock.sleep(until: clock.now() + Self.tick)
        }
    }

    /// Why OctoPrint's word is not to be had: asked seldom then, and told once.
    private struct Failure {
        var backOff = BackOff()
        /// How many good answers the tunnel had given by then, where it was the tunnel that refused: the next one ends the wait.
        var heard = Int.max
        var told: String?
    }

    private func ask(_ failure: inout Failure) async throws(ArchiveError) {
        let reservation: BudgetReservation?
        do throws(BudgetError) {
            reservation = try await allowances.reserve(Self.expected, for: camera, by: .proxied)
        } catch {
            // Near the stop frames go first: the print is told by its pictures alone then.
            return
        }
        var job: OctoPrintJob?
        do throws(TunnelError) {
            let answer = try await cancelledByShutdown { [client, apiKey] () async throws(TunnelError) in
                try await client.job(apiKey: apiKey)
            }
            await settle(reservation, received: answer.received)
            job = answer.value
            failure = Failure()
        } catch {
            await settle(reservation, received: error.bytesReceived)
            if error.outcome == .cap { await allowances.serverRefusedOverCap(camera, by: .proxied) }
            var generator = SystemRandomNumberGenerator()
            failure.backOff.failed(error.disposition, at: clock.now(), using: &generator)
            failure.heard = error.isRefusedByTunnel ? pulse.goodAnswers : .max
            if failure.told != error.label { tell(.printerUnknown(camera, reason: error.description)) }
            failure.told = error.label
        }
        if let job { try await prints.saw(job, at: clock.now()) }
    }

    private func settle(_ reservation: BudgetReservation?, received: ByteCount) async {
        guard let reservation else { return }
        await allowances.settle(reservation, received: received, of: camera)
    }
}

extension TunnelError {
    /// Whether the tunnel's credentials are refused, and not OctoPrint's key (403).
    fileprivate var isRefusedByTunnel: Bool {
        if case .status(.plain(.unauthorized), _, _) = self { true } else { false }
    }
}
