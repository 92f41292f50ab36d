/// The lines of an answer's head, taken apart (RFC 9112, sections 4 and 5).
///
/// Cameras send lines that the standard forbids, and browsers and curl show their pictures all the same: a field without a
/// name (GoAhead), line ends without a carriage return, `http/1.0`, `ICY`. For a plain camera they are read as those do;
/// from a tunnel's server only what the standard allows is taken, because between it and us stands whatever reads it
/// otherwise.
enum HeadLine {
    /// Reads `HTTP/1.1 200 OK`.
    ///
    /// - Returns: `nil` where it is none.
    static func status(_ line: some Collection<UInt8>, isLenient: Bool) -> AnswerHead? {
        isLenient ? lenientStatus(line) : exactStatus(line)
    }

    private static func exactStatus(_ line: some Collection<UInt8>) -> AnswerHead? {
        let line = Array(line)
        guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7].isDigit, line[8] == .space,
            let status = number(line[9..<12]), line.count == 12 || line[12] == .space,
            line[12...].allSatisfy(\.isText)
        else { return nil }
        return AnswerHead(status: status, isOld: line[7] == UInt8(ascii: "0"))
    }

    private static func lenientStatus(_ line: some Collection<UInt8>) -> AnswerHead? {
        var rest = Array(line)[...]
        let word = String(decoding: rest.prefix { $0 != .space && $0 != .tab }, as: UTF8.self).uppercased()
        let version = word.dropFirst(5).split(separator: ".").compactMap { Int($0) }
        guard word == "ICY" || word.hasPrefix("HTTP/") && !version.isEmpty else { return nil }
        rest = rest.drop { $0 != .space && $0 != .tab }.drop { $0 == .space || $0 == .tab }
        let digits = rest.prefix { $0.isDigit }
        guard digits.count == 3, let status = number(digits) else { return nil }
        return AnswerHead(status: status, isOld: version.lexicographicallyPrecedes([1, 1]))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Puts a field line into a head. A line that begins with white space goes on with the field before it.
    ///
    /// - Returns: `false` where the line is none and must not be passed over.
    static func add(_ line: some Collection<UInt8>, to head: inout AnswerHead, isLenient: Bool) -> Bool {
        let line = Array(line)
        if let first = line.first, first == .space || first == .tab {
            guard let last = head.fields.indices.last else { return isLenient }
            guard isLenient || line.allSatisfy(\.isText) else { return false }
            head.fields[last].value += " " + text(line[...])
            return true
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return isLenient }
        var name = line[..<colon]
        let value = line[(colon + 1)...]
        if isLenient { while let last = name.last, last == .space || last == .tab { name.removeLast() } }
        guard !name.isEmpty, name.allSatisfy(\.isToken), isLenient || value.allSatisfy(\.isText) else {
            return isLenient
        }
        head.fields.append((String(decoding: name, as: UTF8.self), text(value)))
        return true
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.filter(\.isText), as: UTF8.self).trimmed
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// What may stand in a reason or a field's value: no control character but a tab.
    fileprivate var isText: Bool { self >= 0x20 && self != 0x7f || self == .tab }

    /// What a field's name consists of (RFC 9110, section 5.6.2).
    fileprivate var isToken: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit || "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
