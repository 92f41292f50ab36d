import Budget
import Testing
import Vocabulary

@Suite struct `A stop` {
    @Test(arguments: [
        ("90%", CapStop.fraction(0.9)), (" 12.5 % ", .fraction(0.125)), ("100%", .fraction(1)), ("0.9", .fraction(0.9)),
        ("off", .off), ("OFF", .off), ("250MB", .bytes(ByteCount(250_000_000))),
        ("1.5 GiB", .bytes(ByteCount(1_610_612_736))),
        ("4096", .bytes(ByteCount(4096))),
    ])
    func `is read`(text: String, stop: CapStop) throws {
        #expect(try CapStop(parsing: text) == stop)
    }

    @Test(arguments: ["", "%", "0%", "-5%", "101%", "inf%", "1e1%", "0x1p3", "0", "0MB", "1.5", "90 percent", "on"])
    func `that makes no sense is refused`(text: String) {
        #expect(throws: BudgetError.capStop(text)) { try CapStop(parsing: text) }
    }

    @Test(arguments: [
        (CapStop.standard, "90%"), (.fraction(0.125), "12.5%"), (.off, "off"),
        (.bytes(ByteCount(250_000_000)), "250 MB"),
    ])
    func `is written as it is read`(stop: CapStop, text: String) {
        #expect("\(stop)" == text)
    }
}
