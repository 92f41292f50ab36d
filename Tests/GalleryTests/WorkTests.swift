import Foundation
import NIOCore
import Synchronization
import Testing
import Vocabulary

@testable import Gallery

/// Counts, for whoever does something.
final class Tally: Sendable {
    private let counts = Mutex<[String]>([])
    var all: [String] { counts.withLock(\.self) }
    func add(_ text: String) { counts.withLock { $0.append(text) } }
}

/// A door that a test opens.
actor Door {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for waiter in waiting { waiter.resume() }
        waiting = []
    }
}

/// Waits until something is so, for as long as a slow machine may take.
func eventually(_ isSo: () async -> Bool) async throws {
    for _ in 0..<2000 {
        if await isSo() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it did not come to that")
}

@Suite struct `Small pictures that are kept` {
    private func picture(_ count: Int) -> ByteBuffer { ByteBuffer(repeating: 7, count: count) }

    @Test func `take no more than they may, and those asked for last stay`() async throws {
        let cache = PictureCache(bytes: ByteCount(20_000))
        for number in 0..<10 {
            _ = try await cache.picture("\(number)") { picture(3000) }
            #expect(cache.size <= ByteCount(20_000))
            _ = cache.kept("0")
        }
        #expect(cache.kept("0") != nil)
        #expect(cache.kept("9") != nil)
        #expect(cache.kept("1") == nil)
    }

    @Test func `are not all pushed out by a large one`() async throws {
        let cache = PictureCache(bytes: ByteCount(20_000))
        _ = try await cache.picture("small") { picture(1000) }
        _ = try await cache.picture("large") { picture(15_000) }
        #expect(cache.kept("small") != nil)
        #expect(cache.kept("large") == nil)
    }

    @Test func `are made once for all who ask at the same time`() async throws {
        let (cache, tally, door) = (PictureCache(bytes: ByteCount(20_000)), Tally(), Door())
        try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    try await cache.picture("a") {
                        tally.add("made")
                        await door.pass()
                        return ByteBuffer(string: "a")
                    }
                }
            }
            try await eventually { !tally.all.isEmpty }
            await door.open()
            for try await bytes in group { #expect(bytes == ByteBuffer(string: "a")) }
        }
        #expect(tally.all == ["made"])
    }
}

@Suite struct `Work that several ask for` {
    @Test func `is given up when the last of them goes, and not before`() async throws {
        let (work, tally) = (SharedWork<String, Int>(), Tally())
        @Sendable func ask() async throws -> Int {
            try await work.value("a") {
                tally.add("begun")
                do {
                    try await Task.sleep(for: .seconds(600))
                } catch {
                    tally.add("given up")
                    throw error
                }
                return 1
            }
        }
        let (first, second) = (Task { try await ask() }, Task { try await ask() })
        try await eventually { !tally.all.isEmpty }
        try await Task.sleep(for: .milliseconds(50))
        first.cancel()
        try await Task.sleep(for: .milliseconds(50))
        #expect(tally.all == ["begun"])
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(tally.all == ["begun", "given up"])
    }

    @Test func `begins anew for who comes after it was given up`() async throws {
        let work = SharedWork<String, Int>()
        let first = Task {
            try await work.value("a") {
                try await Task.sleep(for: .seconds(600))
                return 1
            }
        }
        try await Task.sleep(for: .milliseconds(20))
        first.cancel()
        #expect(try await work.value("a") { 2 } == 2)
    }

    @Test func `is kept for a while`() async throws {
        let (clock, tally) = (SettableClock(), Tally())
        let kept = KeptAnswers<Int, Int>(for: .seconds(30), most: 4, now: { clock.now })
        @Sendable func ask(_ key: Int, isLasting: Bool = true) async throws -> Int {
            try await kept.value(key, isLasting: isLasting) {
                tally.add("\(key)")
                return tally.all.count
            }
        }
        #expect(try await ask(1) == 1)
        #expect(try await ask(1) == 1)
        clock.advance(by: .seconds(31))
        #expect(try await ask(1) == 2)
        #expect(try await ask(2, isLasting: false) == 3)
        #expect(try await ask(2, isLasting: false) == 4)
        for key in 10..<30 { _ = try await ask(key) }
        #expect(try await ask(29) == 24)
    }
}

@Suite struct `Turns` {
    @Test func `are given to the newest first, a few at once, and the oldest is sent away`() async throws {
        let (turns, tally, door) = (NewestFirst(atOnce: 1, waiting: 3), Tally(), Door())
        let first = Task { try await turns.turn { await door.pass() } }
        try await Task.sleep(for: .milliseconds(30))
        var others: [Task<Void, any Error>] = []
        for number in 0..<4 {
            others.append(
                Task {
                    do {
                        try await turns.turn { tally.add("\(number)") }
                    } catch is Problem {
                        tally.add("\(number) sent away")
                    } catch {
                        tally.add("\(number) cancelled")
                    }
                })
            try await Task.sleep(for: .milliseconds(30))
        }
        others[2].cancel()
        _ = try await others[2].value
        await door.open()
        try await first.value
        for other in others { try await other.value }
        #expect(tally.all == ["0 sent away", "2 cancelled", "3", "1"])
    }
}

@Suite struct `Threads for pictures` {
    @Test func `do what is urgent first, and nothing that was given up`() async throws {
        let (threads, tally) = (PictureThreads(1, niceness: 1), Tally())
        let held = HeldThread()
        let first = Task { try await threads.run(.search) { held.wait() } }
        try await eventually { held.isWaiting }
        func add(_ name: String, _ urgency: PictureThreads.Urgency) async throws -> Task<Void, any Error> {
            let task = Task { try await threads.run(urgency) { tally.add(name) } }
            try await Task.sleep(for: .milliseconds(30))
            return task
        }
        let tasks = [
            try await add("search", .search), try await add("sheet 1", .sheet), try await add("gone", .picture),
            try await add("sheet 2", .sheet), try await add("picture", .picture),
        ]
        tasks[2].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[2].value }
        held.letGo()
        try await first.value
        for (place, task) in tasks.enumerated() where place != 2 { try await task.value }
        #expect(tally.all == ["picture", "sheet 2", "sheet 1", "search"])
    }
}

/// Holds a thread until a test lets it go.
final class HeldThread: Sendable {
    private let held = Mutex(true)
    private let waiting = Mutex(false)

    var isWaiting: Bool { waiting.withLock(\.self) }

    func letGo() { held.withLock { $0 = false } }

    func wait() {
        waiting.withLock { $0 = true }
        while held.withLock(\.self) { Thread.sleep(forTimeInterval: 0.002) }
    }
}
