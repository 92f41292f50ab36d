import Catalog
import Synchronization
import Vocabulary

@testable import Gallery

/// What a program might do for a gallery.
final class StubProgram: GalleryProgram {
    let marked = Mutex<[GalleryMarking]>([])
    private let names: [CameraName]

    var markings: Int { marked.withLock { $0.count } }

    init(cameras: [CameraName] = [], tellsFrames: Bool = false) {
        (names, self.tellsFrames) = (cameras, tellsFrames)
    }

    /// How its cameras are.
    let health = Mutex(Health())

    struct Health {
        var isHealthy = true
        var state = "working"
        var outcome = "stored"
        var total = 0
    }

    struct State: KeyedRecord {
        let name: CameraName
        let health: Health
        static let fields: [Field<Self>] = [
            Field("camera", \.name), Field("healthy", \.health.isHealthy), Field("state", \.health.state),
            Field("outcome", \.health.outcome), Field("total", \.health.total),
            Field("monthly_cap") { _ in 1_000_000 },
        ]
    }

    struct Nothing: KeyedRecord {
        static let fields: [Field<Self>] = [Field("healthy") { _ in true }, Field("cameras") { _ in [1, 2] }]
    }

    var version: String { "1.2.3" }
    let tellsFrames: Bool
    private let news = Mutex<(@Sendable (GalleryNews) -> Void)?>(nil)

    func stored(_ frame: FrameID) { news.withLock(\.self)?(.frame(frame)) }

    func cameraNames() async throws -> [CameraName] { names }

    func cameras(_ standings: [CameraStanding], at now: Timestamp) async throws -> [GalleryCamera] {
        standings.map { camera($0.camera) }
    }

    func camera(_ name: CameraName) -> GalleryCamera {
        GalleryCamera(
            name: name, state: State(name: name, health: health.withLock(\.self)), source: "url",
            interval: .seconds(10), isConfigured: true, hint: nil, capMetAt: nil)
    }

    func status(of cameras: [GalleryCamera]) async throws -> any KeyedRecord { Nothing() }
    func findings() async throws -> [any KeyedRecord] { [Nothing()] }
    func usage() async throws -> [any KeyedRecord] { [] }
    func verification() async throws -> GalleryVerification { GalleryVerification() }
    func metrics() async throws -> String { "stub_metric 1\n" }

    func mark(_ marking: GalleryMarking) async throws -> GalleryMarkReport {
        marked.withLock { $0.append(marking) }
        return GalleryMarkReport(frames: 1, changed: 1, print: nil, undo: "u", changedFrames: [1...1])
    }

    func undo(_ undo: String) async throws -> Bool { undo == "u" }
    func plan(_ options: TimelapseOptions, triesSize: Bool) async throws -> any Encodable & Sendable { options }
    func timelapses() async throws -> [GalleryTimelapse] { [] }
    func make(_ options: TimelapseOptions) async throws -> GalleryTimelapse {
        throw GalleryFailure.refused(detail: "Nothing can be made here.", hint: "Go on.")
    }
    func cancel(timelapse id: String) async throws -> GalleryTimelapse? { nil }
    func delete(timelapse id: String) async throws -> Bool { false }
    func tell(_ news: @escaping @Sendable (GalleryNews) -> Void) async { self.news.withLock { $0 = news } }
}
