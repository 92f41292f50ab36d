import Testing
import Vocabulary

@testable import Budget

/// No server, no archive and no clock: what a job's allowances come to by readings alone.
@Suite struct `A book of accounts` {
    private static let (one, other) = (CameraName.number(1), CameraName.number(2))
    private static let failure = AccountBook.Failure(isRefusal: false, retryAfter: nil, label: "unavailable")
    private static let refusal = AccountBook.Failure(isRefusal: true, retryAfter: nil, label: "unauthorized")

    private static func book(of cameras: CameraName..., declared: [CameraName: String] = [:]) -> AccountBook {
        var book = AccountBook(declared: declared)
        for camera in cameras { book.join(camera, Budget(stop: .standard), pacedInterval: nil, at: start) }
        return book
    }

    // MARK: - Which account is read, and through which tunnel

    @Test func `reads an account as soon as its first camera joins, and no sooner again than five minutes later`()
        throws
    {
        var book = Self.book(of: Self.one)
        let account = try #require(book.dueAccount(of: Self.one, at: start))
        let call = try book.call(account, at: start) { _ in 0 }
        #expect(call.camera == Self.one)
        #expect(book.dueAccount(of: Self.one, at: start) == nil)
        _ = book.answered(call, reading(1000), at: start)
        #expect(book.nextLook(after: start) == start + .seconds(30))
        let due = start + AccountBook.readingInterval
        #expect(book.dueAccounts(at: due - .milliseconds(1)) { _ in 0 } == [])
        #expect(book.dueAccounts(at: due) { _ in 0 } == [account])
        #expect(book.nextLook(after: due - .seconds(3)) == due)
    }

    @Test func `reads right after the month's reset`() throws {
        var book = Self.book(of: Self.one)
        let call = try book.call(0, at: start) { _ in 0 }
        _ = book.answered(call, reading(1000, resetIn: .seconds(7)), at: start)
        #expect(book.dueAccounts(at: start + .seconds(6)) { _ in 0 } == [])
        #expect(book.dueAccounts(at: start + .seconds(7)) { _ in 0 } == [0])
    }

    @Test func `reads accounts together that are due within a second of each other`() throws {
        var book = Self.book(of: Self.one, Self.other)
        for (account, pause) in [(0, Duration.zero), (1, .milliseconds(900))] {
            let call = try book.call(account, at: start + pause) { _ in 0 }
            _ = book.answered(call, reading(Int64(account), at: start + pause), at: start + pause)
        }
        #expect(book.dueAccounts(at: start + AccountBook.readingInterval) { _ in 0 } == [0, 1])
    }

    @Test func `asks through each tunnel of an account in turn`() throws {
        var book = Self.book(of: Self.one, Self.other, declared: [Self.one: "ours", Self.other: "ours"])
        var asked: [CameraName] = []
        for step in 0..<4 {
            let now = start + .seconds(600 * step)
            let call = try book.call(0, at: now) { _ in 0 }
            asked.append(call.camera)
            _ = book.answered(call, reading(Int64(1000 + step), at: now), at: now)
        }
        #expect(asked == [Self.one, Self.other, Self.one, Self.other])
    }

    // MARK: - Failures

    @Test func `tells of a failure once, and again when it is another one or came back`() throws {
        var book = Self.book(of: Self.one)
        var generator = SplitMix(state: 1)
        func tells(_ failure: AccountBook.Failure) throws -> Bool {
            let call = try book.call(0, through: Self.one, at: start) { _ in 0 }
            return book.failed(call, failure, at: start, goodAnswers: { _ in 0 }, using: &generator)
        }
        #expect(try tells(Self.failure))
        #expect(try !tells(Self.failure))
        #expect(try tells(Self.refusal))
        let call = try book.call(0, through: Self.one, at: start) { _ in 0 }
        _ = book.answered(call, reading(5), at: start)
        #expect(try tells(Self.refusal))
    }

    @Test func `leaves a tunnel that refused alone until it gave a good answer to another question`() throws {
        var book = Self.book(of: Self.one)
        var generator = SplitMix(state: 1)
        var now = start
        for _ in 0..<40 {
            let call = try book.call(0, through: Self.one, at: now) { _ in 5 }
            _ = book.failed(call, Self.refusal, at: now, goodAnswers: { _ in 5 }, using: &generator)
            now = now + .seconds(600)
        }
        let last = now - .seconds(600)
        #expect(book.dueAccounts(at: last + .seconds(60)) { _ in 5 } == [])
        let unheard = book.beginReading(0, at: last + .seconds(60)) { _ in 5 }
        #expect(unheard == nil)
        #expect(book.dueAccounts(at: last + .seconds(60)) { _ in 6 } == [0])
        let heard = try book.call(0, at: last + .seconds(60)) { _ in 6 }
        #expect(heard.camera == Self.one)
    }

    @Test func `asks through the account's other tunnel while one fails`() throws {
        var book = Self.book(of: Self.one, Self.other, declared: [Self.one: "ours", Self.other: "ours"])
        var generator = SplitMix(state: 1)
        let first = try book.call(0, at: start) { _ in 0 }
        let wait = AccountBook.Failure(isRefusal: false, retryAfter: .seconds(600), label: "busy")
        _ = book.failed(first, wait, at: start, goodAnswers: { _ in 0 }, using: &generator)
        let second = try book.call(0, at: start + .seconds(30)) { _ in 0 }
        #expect([first.camera, second.camera] == [Self.one, Self.other])
    }

    // MARK: - One account or two

    /// Two tunnels whose totals move together at two different totals.
    private static func joined() throws -> AccountBook {
        var book = Self.book(of: one, other)
        for (step, total) in [100_000, 150_000].enumerated() {
            for (account, camera) in [one, other].enumerated() {
                let now = start + .seconds(300 * step + account)
                let number = try #require(book.dueAccount(of: camera, at: now) ?? (step == 0 ? nil : account))
                let call = try book.call(number, through: camera, at: now) { _ in 0 }
                _ = book.answered(call, reading(Int64(total), at: now), at: now)
            }
        }
        return book
    }

    @Test func `makes one account of two whose readings move together`() throws {
        let book = try Self.joined()
        #expect(book.report(of: Self.one, at: start + .seconds(301))?.cameras == [Self.one, Self.other])
        #expect(!book.isAlone(Self.one))
        #expect(book.accounts.count == 1)
    }

    @Test func `settles what was reserved before the two were one, and after they turned out to be two`() throws {
        var book = try Self.joined()
        let now = start + .seconds(400)
        let reservation = try book.reservation(ByteCount(70_000), for: Self.other, by: .proxied, at: now)
        // Less than the account has had by then: it is another one's.
        let account = try #require(book.accounts.keys.first)
        for (camera, total, seconds) in [(Self.one, 200_000 as Int64, 600), (Self.other, 160_000, 700)] {
            let instant = start + .seconds(seconds)
            let call = try book.call(account, through: camera, at: instant) { _ in 0 }
            _ = book.answered(call, reading(total, at: instant), at: instant)
        }
        #expect(book.isAlone(Self.other))
        let before = try #require(book.report(of: Self.one, at: start + .seconds(701))?.report.total)
        book.settle(reservation, received: .zero, of: Self.other)
        let after = try #require(book.report(of: Self.one, at: start + .seconds(701))?.report.total)
        #expect(before - after == ByteCount(70_000))
    }

    @Test func `forgets an account with the last of its cameras`() throws {
        var book = try Self.joined()
        book.leave(Self.one)
        #expect(book.isAlone(Self.other))
        book.leave(Self.other)
        #expect(book.accounts.isEmpty && book.members.isEmpty)
        let unknown = try book.reserve(nil, for: Self.one, by: .announced, at: start)
        #expect(unknown == nil)
        #expect(book.report(of: Self.one, at: start) == nil)
    }

    // MARK: - What the archive keeps

    @Test func `keeps a reading where something was received or changed, and one an hour where nothing was`() throws {
        var book = Self.book(of: Self.one)
        func receipts(_ total: Int64, after seconds: Int) throws -> Receipts? {
            let now = start + .seconds(seconds)
            let call = try book.call(0, through: Self.one, at: now) { _ in 0 }
            let reading = reading(total, at: now, resetIn: .seconds(86_400 * 3 - seconds))
            let receipts = book.answered(call, reading, at: now)
            if receipts != nil { book.kept(reading, of: Self.one) }
            return receipts
        }
        #expect(try receipts(1000, after: 0) != nil)
        #expect(try receipts(1000, after: 300) == nil)
        #expect(try receipts(2000, after: 600) != nil)
        let reservation = try book.reservation(nil, for: Self.one, by: .announced, at: start)
        book.settle(reservation, received: ByteCount(700), of: Self.one)
        #expect(try receipts(2000, after: 900) == Receipts(received: ByteCount(700), captures: 1))
        #expect(try receipts(2000, after: 1200) == nil)
        #expect(try receipts(2000, after: 900 + 3600) == Receipts())
    }

    @Test func `accounts with the next reading for what came before one that found no room`() throws {
        var book = Self.book(of: Self.one)
        for step in 0..<2 {
            let now = start + .seconds(300 * step)
            let reservation = try book.reservation(nil, for: Self.one, by: .proxied, at: now)
            book.settle(reservation, received: ByteCount(500), of: Self.one)
            let call = try book.call(0, through: Self.one, at: now) { _ in 0 }
            let answered = book.answered(call, reading(1000, at: now), at: now)
            let receipts = try #require(answered)
            let sum = Int64(500 * (step + 1))
            #expect(receipts == Receipts(received: ByteCount(sum), proxied: ByteCount(sum), captures: step + 1))
            book.notKept(receipts, of: Self.one)
        }
    }

    // MARK: - Pictures

    @Test func `expects of a camera's next picture twice what the last one took by the same route`() throws {
        var book = Self.book(of: Self.one)
        let first = try book.reservation(nil, for: Self.one, by: .announced, at: start)
        #expect(first.amount == AccountBook.firstExpected)
        book.settle(first, received: ByteCount(3000), of: Self.one)
        let next = [
            try book.reservation(nil, for: Self.one, by: .announced, at: start),
            try book.reservation(nil, for: Self.one, by: .proxied, at: start),
            try book.reservation(ByteCount(10), for: Self.one, by: .announced, at: start),
        ]
        #expect(next.map(\.amount) == [ByteCount(6000), AccountBook.firstExpected, ByteCount(10)])
    }
}

extension AccountBook {
    /// A usage call that there has to be.
    fileprivate mutating func call(
        _ account: Int, through camera: CameraName? = nil, at now: Timestamp, goodAnswers: (CameraName) -> Int
    ) throws -> Call {
        let call = beginReading(account, through: camera, at: now, goodAnswers: goodAnswers)
        return try #require(call)
    }

    /// Leave that there has to be.
    fileprivate mutating func reservation(
        _ amount: ByteCount?, for camera: CameraName, by route: FetchRoute, at now: Timestamp
    ) throws -> BudgetReservation {
        let reservation = try reserve(amount, for: camera, by: route, at: now)
        return try #require(reservation)
    }
}
