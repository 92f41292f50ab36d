import Budget
import Testing
import Vocabulary

@Suite struct `Tunnels of one account are recognised` {
    private let one = CameraName.number(1)
    private let two = CameraName.number(2)
    private let three = CameraName.number(3)
    private var recognition = AccountRecognition()
    private var time = start

    /// Each reading ten seconds after the one before.
    private mutating func read(_ readings: (CameraName, Int64)..., cap: Int64? = 1_000_000) {
        for (tunnel, total) in readings {
            time = time + .seconds(10)
            recognition.record(reading(total, of: cap, at: time), of: tunnel)
        }
    }

    private mutating func pass(_ duration: Duration) { time = time + duration }

    @Test mutating func `by two different totals that were exactly equal`() {
        read((one, 500), (two, 500))
        #expect(recognition.account(of: one) == [one])
        read((one, 700), (two, 700))
        #expect(recognition.account(of: one) == [one, two])
        #expect(recognition.accounts == [[one, two]])
    }

    @Test mutating func `and the merging is told`() {
        read((one, 500), (two, 500), (one, 700))
        let change = recognition.record(reading(700, at: time + .seconds(10)), of: two)
        #expect(change == .joined([two], [one]))
    }

    @Test mutating func `not by a total that stands still, nor by nothing`() {
        for _ in 0..<10 { read((one, 500), (two, 500)) }
        #expect(recognition.accounts.count == 2)
        recognition = AccountRecognition()
        for _ in 0..<10 { read((one, 0), (two, 0)) }
        #expect(recognition.accounts.count == 2)
    }

    @Test mutating func `not under different caps, nor in different months`() {
        for total in [500, 700, 900] as [Int64] {
            read((one, total), cap: 1_000_000)
            read((two, total), cap: 2_000_000)
        }
        #expect(recognition.accounts.count == 2)
        recognition = AccountRecognition()
        for total in [500, 700, 900] as [Int64] {
            recognition.record(reading(total, at: start + .seconds(total)), of: one)
            recognition.record(reading(total, at: start.startOfNextMonth + .seconds(total)), of: two)
        }
        #expect(recognition.accounts.count == 2)
    }

    @Test mutating func `whatever comes between`() {
        read((one, 500), (two, 500), (one, 600), (two, 650), (one, 700), (three, 650), (two, 700))
        #expect(recognition.account(of: two) == [one, two])
        #expect(recognition.account(of: three) == [three])
    }

    @Test mutating func `until a reading contradicts it, which is not forgotten`() {
        read((one, 500), (two, 500), (one, 700), (two, 700))
        #expect(recognition.accounts.count == 1)
        read((one, 5000))
        pass(.seconds(120))
        let change = recognition.record(reading(800, at: time), of: two)
        #expect(change == .parted(two, from: [one]))
        #expect(recognition.accounts.count == 2)
        read((two, 6000), (one, 6000), (two, 7000), (one, 7000), (two, 8000), (one, 8000))
        #expect(recognition.accounts.count == 2)
    }

    @Test mutating func `although usage calls overlap in time`() {
        read((one, 500), (two, 500), (one, 700), (two, 700), (one, 900), (two, 850))
        #expect(recognition.accounts.count == 1)
    }

    @Test mutating func `over the turn of the month, also where the server turns it by another clock`() {
        read((one, 500), (two, 500), (one, 700), (two, 700))
        pass(.seconds(200))
        read((one, 3))
        pass(.seconds(200))
        read((one, 5))
        pass(.seconds(200))
        read((two, 5), (one, 9))
        #expect(recognition.accounts.count == 1)
    }

    @Test mutating func `although the cap is changed between their readings`() {
        read((one, 500), (two, 500), (one, 700), (two, 700))
        for _ in 0..<3 {
            pass(.seconds(120))
            read((one, 800), cap: 500_000)
        }
        pass(.seconds(120))
        read((two, 800), cap: 500_000)
        #expect(recognition.accounts.count == 1)
    }

    @Test mutating func `and parted where their caps go on differing`() {
        read((one, 500), (two, 500), (one, 700), (two, 700))
        for _ in 0..<2 {
            pass(.seconds(120))
            read((one, 800), cap: 500_000)
            pass(.seconds(120))
            read((two, 800), cap: 1_000_000)
        }
        #expect(recognition.accounts.count == 2)
    }

    @Test mutating func `a stranger among three leaves, and the others find each other again`() {
        read((one, 500), (two, 500), (three, 500), (one, 700), (two, 700), (three, 700))
        #expect(recognition.accounts.count == 1)
        read((three, 9000))
        for total in [800, 900, 1000, 1100] as [Int64] {
            pass(.seconds(120))
            read((one, total), (two, total))
        }
        #expect(recognition.accounts == [[one, two], [three]])
    }

    @Test mutating func `as their owner says, from the start and whatever the readings say`() {
        recognition = AccountRecognition(declared: [one: "home", two: "home", three: "club"])
        #expect(recognition.accounts == [[one, two], [three]])
        read((one, 9000), (three, 9000))
        pass(.seconds(120))
        read((two, 10), (one, 9500), (three, 9500), (one, 9700), (three, 9700))
        #expect(recognition.accounts == [[one, two], [three]])
    }

    @Test mutating func `by the hundred, each with its own account`() {
        var random = SplitMix(state: 7)
        let truth = (0..<1000).map { $0 % 37 }
        var totals = (0..<37).map { Int64(1000 + $0 * 17) }
        for _ in 0..<6 {
            for account in totals.indices { totals[account] += Int64.random(in: 1...900, using: &random) }
            for tunnel in truth.indices.shuffled(using: &random) {
                time = time + .milliseconds(200)
                recognition.record(reading(totals[truth[tunnel]], at: time), of: .number(tunnel))
            }
        }
        #expect(recognition.accounts.count == 37)
        #expect(
            Set(recognition.account(of: .number(5)))
                == Set(truth.indices.filter { truth[$0] == 5 }.map(CameraName.number)))
    }
}
