import Archive
import Budget
import Tunnel
import Vocabulary

/// Asks OctoPrint about its job now and then, as far as the budget allows, and never delays a picture.
struct PrinterWatch: Sendable {
    let camera: CameraName
    let client: TunnelClient
    let apiKey: Secret
    let prints: PrintDesk
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
        while true {
            if prints.shallAskOctoPrint(at: clock.now()) { try await ask() }
            try await clock.sleep(until: clock.now() + Self.tick)
        }
    }

    private func ask() async throws(ArchiveError) {
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
        } catch {
            await settle(reservation, received: error.bytesReceived)
            if error.outcome == .cap { await allowances.serverRefusedOverCap(camera, by: .proxied) }
            tell(.printerUnknown(camera, reason: error.description))
        }
        if let job { try await prints.saw(job, at: clock.now()) }
    }

    private func settle(_ reservation: BudgetReservation?, received: ByteCount) async {
        guard let reservation else { return }
        await allowances.settle(reservation, received: received, of: camera)
    }
}
