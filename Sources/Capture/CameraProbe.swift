import NIOCore
import Snapshots
public import Tunnel
public import Validation
public import Vocabulary

/// Fetches one picture of a camera and says what it is, and keeps nothing.
public struct CameraProbe: Sendable {
    private let feed: PictureFeed

    /// - Parameter clock: the machine's.
    public init(
        of camera: CameraSetup, transport: any HTTPTransport, limits: TunnelLimits = TunnelLimits(), clock: any JobClock
    ) {
        feed = PictureFeed(of: camera, transport: transport, limits: limits, clock: clock)
    }

    /// What came.
    public enum Answer: Sendable {
        /// - Parameter received: bytes over the network, those of torn attempts included.
        case picture(ValidFrame, received: ByteCount, attempts: Int)
        /// The camera works and has no picture now.
        ///
        /// - Parameter reason: a short constant.
        case noPicture(reason: String)
        case rejected(FrameRejection, attempts: Int)
    }

    /// Asks, and asks again where what came is torn.
    public func take() async throws(TunnelError) -> Answer {
        var received = ByteCount.zero
        var attempt = 0
        while true {
            attempt += 1
            let snapshot: Snapshot
            var tear: TunnelError?
            do throws(TunnelError) {
                switch try await feed.primary.snapshots.next(knowing: nil) {
                case .snapshot(let taken, _): snapshot = taken
                case .torn(let taken, _, let error): (snapshot, tear) = (taken, error)
                case .noPicture(let reason): return .noPicture(reason: reason)
                case .unchanged: return .noPicture(reason: "unchanged")
                }
            } catch  where error.isTorn && attempt < PictureFetch.attempts {
                received += error.bytesReceived
                continue
            }
            received += ByteCount(snapshot.bytes.readableBytes)
            do throws(FrameRejection) {
                return .picture(try FrameValidator().validate(snapshot), received: received, attempts: attempt)
            } catch  where (error.isWorthAnotherTry || tear != nil) && attempt < PictureFetch.attempts {
                continue
            } catch {
                if let tear { throw tear }
                return .rejected(error, attempts: attempt)
            }
        }
    }
}
