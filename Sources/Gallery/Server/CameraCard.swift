internal import Catalog
internal import FoundationEssentials
internal import Hummingbird
internal import Synchronization
internal import Vocabulary

/// A camera with what its card shows.
struct CameraCard: Encodable, Sendable {
    let camera: GalleryCamera
    /// The newest.
    let frame: ArchivedFrame?
    /// The newest of which the picture can be had here.
    let shown: ArchivedFrame?
    /// The other machine that it belongs to.
    let machine: String?
    /// The one under way.
    let print: ArchivedPrint?

    init(
        _ camera: GalleryCamera, frame: ArchivedFrame?, shown: ArchivedFrame?, machine: String?, print: ArchivedPrint?
    ) {
        (self.camera, self.frame, self.shown, self.machine, self.print) = (camera, frame, shown, machine, print)
    }

    private enum Keys: String, CodingKey {
        case source, configured, hint, frame, shown, machine, print
        case interval = "interval_seconds"
        case capMetAt = "cap_met_at"
    }

    func encode(to encoder: any Encoder) throws {
        try camera.state.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(camera.source, forKey: .source)
        try container.encode(camera.interval.map { $0 / .seconds(1) }, forKey: .interval)
        try container.encode(camera.isConfigured, forKey: .configured)
        try container.encode(camera.hint, forKey: .hint)
        try container.encode(frame, forKey: .frame)
        try container.encode(shown, forKey: .shown)
        try container.encode(machine, forKey: .machine)
        try container.encode(print.map { PrintCard($0, poster: nil) }, forKey: .print)
        try container.encode(camera.capMetAt?.description, forKey: .capMetAt)
    }
}

extension KeyedRecord {
    /// What a field says, as a line of text has it.
    func text(of key: String) -> String? { Self.fields.first { $0.key == key }?.text(of: self) }

    /// All but one of the fields.
    func fieldValue(without key: String) -> FieldValue {
        .named(
            Dictionary(Self.fields.filter { $0.key != key }.map { ($0.key, $0.value(self)) }) { first, _ in first })
    }
}

/// A print with its poster.
struct PrintCard: KeyedRecord {
    let print: ArchivedPrint
    /// The last whole frame.
    let poster: ArchivedFrame?

    init(_ print: ArchivedPrint, poster: ArchivedFrame?) { (self.print, self.poster) = (print, poster) }

    static let fields: [Field<Self>] = ArchivedPrint.fields.map { $0.of(\.print) } + [Field("poster", \.poster)]
}

/// How cameras stood a moment ago. It is forgotten each minute, as somebody may mend, merge or move what is in the ledger.
final class KnownStandings: Sendable {
    private struct State {
        var standings: [CameraName: CameraStanding] = [:]
        var begun = ContinuousClock.now
    }

    private static let lifetime = Duration.seconds(60)
    private let state = Mutex(State())

    var current: [CameraName: CameraStanding] {
        state.withLock { state in
            if ContinuousClock.now - state.begun > Self.lifetime { state = State() }
            return state.standings
        }
    }

    func take(_ standings: [CameraStanding]) {
        state.withLock { $0.standings = Dictionary(standings.map { ($0.camera, $0) }) { first, _ in first } }
    }
}

extension Gallery {
    func cards(isFresh: Bool = false) async throws -> [CameraCard] {
        try await keptCards.value(isFresh: isFresh) {
            let now = Timestamp.wallClock
            let standings = try await catalog.standings(
                of: try await program.cameraNames(), at: now, since: knownStandings.current)
            knownStandings.take(standings)
            return zip(try await program.cameras(standings, at: now), standings).map { camera, standing in
                CameraCard(
                    camera, frame: standing.frame, shown: standing.shown, machine: standing.machine,
                    print: standing.print)
            }
        }
    }

    /// `GET /cameras`
    func getCameras(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...500) ?? 200
        let after = try visit.query.after()
        var cards = try await cards()
        if let after { cards = cards.filter { $0.camera.name.text > after } }
        let page = Array(cards.prefix(limit))
        return try json(
            Page(items: page, next: cards.count > limit ? page.last?.camera.name.text : nil), to: visit)
    }

    /// `GET /status`
    func getStatus(_ visit: Visit) async throws -> Response {
        let cameras = try await cards().map(\.camera)
        return try json(try await program.status(of: cameras).fieldValue, to: visit)
    }
}
