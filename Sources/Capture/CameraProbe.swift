package import HTTP
import NIOCore
package import Snapshots
package import Tunnel
package import Validation
package import Vocabulary

/// Fetches one picture of a camera and says what it is, and keeps nothing.
package struct CameraProbe: Sendable {
    private let feed: PictureFeed
    private let clock: any JobClock

    /// A slot as long as the usual one.
    private static let patience = Duration.seconds(10)

    /// - Parameter clock: the machine's.
    package init(
        of camera: CameraSetup, transport: any HTTPTransport, limits: TunnelLimits = TunnelLimits(), clock: any JobClock
    ) {
        self.clock = clock
        feed = PictureFeed(of: camera, transport: transport, limits: limits, clock: clock)
    }

    /// What came.
    package enum Answer: Sendable {
        /// - Parameter received: bytes over the network, those of torn attempts included.
        case picture(ValidFrame, received: ByteCount, attempts: Int)
        /// The camera works and has no picture now.
        ///
        /// - Parameter reason: a short constant.
        case noPicture(reason: SlotReason)
        case rejected(FrameRejection, attempts: Int)
    }

    /// What the camera's owner had better know, by what came.
    ///
    /// - Parameter answer: of ``take()``.
    package func remarks(of answer: Answer) -> [SourceRemark] {
        let remarks = feed.primary.snapshots.remarks
        guard case .picture(let frame, _, _) = answer, frame.suspicion?.kind == .noEOI else { return remarks }
        return remarks + [.lacksEnds]
    }

    /// Asks, and asks again where what came is torn or refused, as a capture does within a slot.
    package func take() async throws(SnapshotError) -> Answer {
        var received = ByteCount.zero
        var plan = RetryPlan(attempts: feed.primary.attempts)
        plan.begin(at: clock.now(), within: Self.patience)
        var attempt = 0
        var endless = 0
        while true {
            attempt += 1
            let snapshot: Snapshot
            var tear: SnapshotError?
            do throws(SnapshotError) {
                switch try await feed.primary.snapshots.next(knowing: nil, within: plan.left(at: clock.now())) {
                case .snapshot(let taken, _): snapshot = taken
                case .torn(let taken, _, let error): (snapshot, tear) = (taken, error)
                case .noPicture(let reason): return .noPicture(reason: reason)
                case .unchanged: return .noPicture(reason: SlotReason(label: "unchanged"))
                }
            } catch {
                received += error.bytesReceived
                guard await waits(by: &plan, after: RetryPlan.Fault(error)) else { throw error }
                continue
            }
            received += ByteCount(snapshot.bytes.readableBytes)
            var lackingOnlyEnd: ValidPicture?
            do throws(FrameRejection) {
                let examined = try FrameValidator().examine(snapshot.bytes, withEdges: false)
                if examined.lackingEnd != nil, tear == nil {
                    (lackingOnlyEnd, endless) = (examined.takenAsWhole, endless + 1)
                }
                var series = PictureSeries()
                let frame = ValidFrame(try series.judge(examined), from: snapshot.origin)
                return .picture(frame, received: received, attempts: attempt)
            } catch {
                let fault = tear.map { RetryPlan.Fault($0, body: snapshot.bytes) }
                guard await waits(by: &plan, after: fault ?? RetryPlan.Fault(error, body: snapshot.bytes)) else {
                    if let tear { throw tear }
                    // A capture takes it once three slots in a row had no other.
                    if let lackingOnlyEnd, endless == attempt {
                        let frame = ValidFrame(lackingOnlyEnd, from: snapshot.origin)
                        return .picture(frame, received: received, attempts: attempt)
                    }
                    return .rejected(error, attempts: attempt)
                }
            }
        }
    }

    private func waits(by plan: inout RetryPlan, after fault: RetryPlan.Fault) async -> Bool {
        guard let pause = plan.pause(after: fault, at: clock.now()) else { return false }
        do {
            try await clock.sleep(until: clock.now() + pause)
            return true
        } catch {
            return false
        }
    }
}

extension RetryPlan.Fault {
    init(_ error: SnapshotError, body: ByteBuffer? = nil) {
        if error.isTorn {
            self = .torn(label: error.label, body: body)
        } else {
            self = error.disposition == .askUser ? .refused : .other
        }
    }

    init(_ rejection: FrameRejection, body: ByteBuffer?) {
        self = rejection.isWorthAnotherTry ? .torn(label: rejection.label, body: body) : .other
    }
}
