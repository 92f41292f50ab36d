import NIOCore
import Testing

@testable import Gallery

@Suite struct `The gallery's news` {
    @Test func `are kept for who was away, as far as they go`() {
        var ring = NewsRing(most: 10)
        for number in 0..<100 { _ = ring.add("frame", ByteBuffer(string: "\(number)")) }
        #expect(ring.events(after: 95)?.map(\.number) == [96, 97, 98, 99, 100])
        #expect(ring.events(after: 100)?.isEmpty == true)
        #expect(ring.events(after: 50) == nil)
        #expect(ring.events(after: 101) == nil)
    }

    @Test func `reach everybody who listens, in order`() async throws {
        let news = News()
        #expect(!news.isHeard)
        let (first, second) = (try #require(news.listen(after: nil)), try #require(news.listen(after: nil)))
        #expect(news.isHeard)
        news.tell("camera", ["a": 1])
        news.tell("camera", ["a": 2])
        news.end()
        for listener in [first, second] {
            #expect(await listener.all().map { String(buffer: $0.data) } == [#"{"a":1}"#, #"{"a":2}"#])
        }
        #expect(news.listen(after: nil) == nil)
    }

    @Test func `told together come together, and are numbered one by one`() async throws {
        let news = News()
        let listener = try #require(news.listen(after: nil))
        news.tell("frame", all: [[1], [2], [3]])
        news.tell("frame", all: [[Int]]())
        news.tell("camera", ["a": 1])
        news.end()
        var met: [[Int]] = []
        for await events in listener.events { met.append(events.map(\.number)) }
        #expect(met == [[1, 2, 3], [4]])
    }

    @Test func `let go who does not read, and nobody else`() async throws {
        let news = News()
        let (slow, quick) = (try #require(news.listen(after: nil)), try #require(news.listen(after: nil)))
        let reading = Task {
            var count = 0
            for await _ in quick.events {
                count += 1
                if count == 40 { return count }
            }
            return count
        }
        for number in 0..<40 { news.tell("frame", [number]) }
        #expect(await reading.value == 40)
        for number in 0..<(News.queue + 1) { news.tell("frame", [number]) }
        var count = 0
        for await _ in slow.events { count += 1 }
        #expect(count == News.queue)
        #expect(try #require(news.listen(after: 3)).missed?.first?.number == 4)
    }

    @Test func `are for a bounded number`() throws {
        let news = News()
        let listeners = (0..<News.mostListeners).compactMap { _ in news.listen(after: nil) }
        #expect(listeners.count == News.mostListeners)
        #expect(news.listen(after: nil) == nil)
        news.leave(listeners[0])
        #expect(news.listen(after: nil) != nil)
    }
}

extension News.Listener {
    /// All that is told, until the news end.
    func all() async -> [NewsRing.Event] {
        var told: [NewsRing.Event] = []
        for await events in self.events { told += events }
        return told
    }
}
