internal import Formats
internal import NIOCore
internal import Synchronization

/// Tells visitors what happens.
///
/// A visitor costs a queue of a bounded number of events. One that does not read is let go: it asks anew when it is back.
final class News: Sendable {
    struct Listener: Sendable {
        let id: Int
        /// What it has missed since it last listened; `nil` where that is not known any more.
        let missed: [NewsRing.Event]?
        let last: Int
        /// What is told together comes together.
        let events: AsyncStream<[NewsRing.Event]>
    }

    private struct State {
        var ring = NewsRing()
        var listeners: [Int: AsyncStream<[NewsRing.Event]>.Continuation] = [:]
        var nextListener = 0
        var isOver = false
    }

    private let state = Mutex(State())
    /// Connections that listen; each is one of the server's.
    static let mostListeners = 1000
    static let queue = 64

    /// Whether anybody listens.
    var isHeard: Bool { state.withLock { !$0.listeners.isEmpty } }

    func tell(_ kind: String, _ value: some Encodable) { tell(kind, all: CollectionOfOne(value)) }

    /// Tells of several in one go, which is much less work than one after another.
    func tell(_ kind: String, all values: some Collection<some Encodable>) {
        tell(kind, lines: values.compactMap { try? JSON.bytes($0) })
    }

    /// - Parameter told: a line of JSON each.
    func tell(_ kind: String, lines told: [ByteBuffer]) {
        guard !told.isEmpty else { return }
        state.withLock { state in
            let events = told.map { state.ring.add(kind, $0) }
            for (id, listener) in state.listeners {
                if case .dropped = listener.yield(events) {
                    listener.finish()
                    state.listeners[id] = nil
                }
            }
        }
    }

    /// Something that says nothing, so that who stands in between keeps the connections, and those that are gone are noticed.
    func keepOpen() {
        state.withLock { state in
            for listener in state.listeners.values {
                listener.yield([NewsRing.Event(number: 0, kind: "", data: ByteBuffer())])
            }
        }
    }

    /// - Parameter last: the last event that the visitor knows.
    /// - Returns: `nil` where too many listen, or the server ends.
    func listen(after last: Int?) -> Listener? {
        state.withLock { state in
            guard !state.isOver, state.listeners.count < Self.mostListeners else { return nil }
            state.nextListener += 1
            let id = state.nextListener
            let (events, continuation) = AsyncStream.makeStream(
                of: [NewsRing.Event].self, bufferingPolicy: .bufferingOldest(Self.queue))
            state.listeners[id] = continuation
            return Listener(
                id: id, missed: last.map { state.ring.events(after: $0) } ?? [], last: state.ring.last, events: events)
        }
    }

    func leave(_ listener: Listener) {
        state.withLock { $0.listeners.removeValue(forKey: listener.id) }?.finish()
    }

    /// Lets everybody go: a server that ends waits for its answers.
    func end() {
        let listeners = state.withLock { state in
            state.isOver = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
