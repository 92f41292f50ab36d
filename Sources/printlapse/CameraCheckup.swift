import Budget
import Capture
import HTTP
import NIOCore
import Snapshots
import Tunnel
import Validation
import Vocabulary

/// Looks at one camera as a capture would: what is left of its allowance, and whether a whole picture can be had.
struct CameraCheckup: Sendable {
    let setup: CameraSetup
    /// What the archive has of its account's month, where it has anything: what captures cost is measured by it.
    let readings: AccountReadings?
    let transport: any HTTPTransport
    let limits: TunnelLimits
    let clock: any JobClock

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        if let endpoint = setup.endpoint {
            let client = TunnelClient(endpoint: endpoint, transport: transport, limits: limits)
            do throws(TunnelError) {
                findings.append(allowance(by: try await client.usage(at: clock.now()), at: endpoint))
            } catch {
                // Who refuses the usage refuses the picture as well.
                return [Finding("tunnel", failure: error).of(setup.name)]
            }
        }
        findings.append(await picture())
        return findings.map { $0.of(setup.name) }
    }

    private func allowance(by reading: UsageReading, at endpoint: TunnelEndpoint) -> Finding {
        guard let cap = reading.monthlyCap else {
            return Finding("tunnel", "\(endpoint.origin): \(reading.total) used, unlimited")
        }
        var budget = Budget(stop: setup.policy.capStop, ownersReserve: setup.policy.ownersReserve)
        readings?.replayed(into: &budget)
        budget.record(reading)
        let report = budget.report(at: reading.readAt)
        let percent = ((report.fraction ?? 0) * 100).formatted(places: 0)
        let used = "\(endpoint.origin): \(reading.total) of \(cap) used, \(percent) %"
        if report.isOverServersLimit {
            let others = report.skipping ? "captures pause" : "announced pictures go on"
            return Finding(
                "tunnel", ok: false, "\(used): the server refuses what is metered (481); \(others)",
                hint: (report.pause ?? .serverRefused).commandHint)
        }
        guard let pause = report.pause else {
            guard report.proxiedPause != nil else { return Finding("tunnel", used) }
            return Finding(
                "tunnel",
                "\(used), past the stop at \(report.capStop): live pictures pause; announced ones go on, as they cost nothing"
            )
        }
        return Finding("tunnel", ok: false, "\(used). \(pause.sentence)", hint: pause.commandHint)
    }

    private func picture() async -> Finding {
        do throws(SnapshotError) {
            switch try await CameraProbe(of: setup, transport: transport, limits: limits, clock: clock).take() {
            case .picture(let frame, _, let attempts):
                let again = attempts > 1 ? ", at the \(attempts.ordinal) attempt" : ""
                return Finding(
                    "camera", "a whole picture, \(frame.size), \(ByteCount(frame.bytes.readableBytes))\(again)")
            case .noPicture: return Finding("camera", "no picture now; there is one while the printer prints")
            case .rejected(let rejection, _):
                return Finding("camera", ok: false, rejection.description, hint: rejection.hint)
            }
        } catch {
            return Finding("camera", failure: error)
        }
    }
}

extension Int {
    /// `2nd`
    fileprivate var ordinal: String {
        let ending = (11...13).contains(self % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][self % 10] ?? "th"
        return "\(self)\(ending)"
    }
}
