extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

extension Collection<UInt8> {
    /// The number that exactly so many digits stand for, at most 18.
    func decimal(digits: Int) -> Int? {
        guard count == digits, allSatisfy(\.isDigit) else { return nil }
        return reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// The milliseconds of a fraction's digits: `25` is 250; what is finer is cut off.
    var milliseconds: Int {
        (Array(prefix(3)) + Array("000".utf8)).prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

extension Duration {
    /// An offset from UTC as `+01:00` or `+0100`; at most 14 hours.
    init?(offset text: some Collection<UInt8>) {
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
        let hasColon = text.dropFirst(3).first == UInt8(ascii: ":")
        guard let sign = text.first, "+-".utf8.contains(sign), text.count == (hasColon ? 6 : 5),
            let number = digits.decimal(digits: 4), number / 100 <= 14, number % 100 < 60
        else { return nil }
        let seconds = (number / 100) * 3600 + (number % 100) * 60
        self = .seconds(sign == UInt8(ascii: "-") ? -seconds : seconds)
    }
}
