internal import NIOCore

/// What was told last, for visitors whose connection was cut: a value that decides, apart from whoever listens.
struct NewsRing: Sendable {
    struct Event: Sendable {
        /// From 1, one more an event.
        let number: Int
        let kind: String
        /// One line of JSON.
        let data: ByteBuffer
    }

    private var kept: [Event] = []
    private(set) var last = 0
    private let most: Int

    init(most: Int = 1000) { self.most = most }

    mutating func add(_ kind: String, _ data: ByteBuffer) -> Event {
        last += 1
        let event = Event(number: last, kind: kind, data: data)
        kept.append(event)
        // Half as many more, so that not each event moves all of them.
        if kept.count > most + most / 2 { kept.removeFirst(kept.count - most) }
        return event
    }

    /// What came behind an event.
    ///
    /// - Returns: `nil` where some of it is gone, or the number is none that was given here.
    func events(after number: Int) -> [Event]? {
        guard number <= last else { return nil }
        guard number < last else { return [] }
        guard let first = kept.first, first.number <= number + 1 else { return nil }
        return kept.filter { $0.number > number }
    }
}
