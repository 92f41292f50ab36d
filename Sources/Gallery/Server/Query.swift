internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import Vocabulary

/// The parameters behind the question mark. Unknown ones are ignored; known ones out of their range are told.
struct Query: Sendable {
    private let values: [String: String]

    /// Of a parameter that is there twice the last counts.
    ///
    /// Browsers write a query as forms are written (`URLSearchParams`, https://url.spec.whatwg.org/#urlencoded-parsing): a space is
    /// a plus sign, and a plus sign is percent-encoded.
    init(_ uri: URI) {
        func text(_ part: Substring) -> String {
            let spaced = String(part.replacing("+", with: " "))
            return spaced.removingPercentEncoding ?? spaced
        }
        let pairs = (uri.query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (text(parts[0]), parts.count > 1 ? text(parts[1]) : "")
        }
        values = Dictionary(pairs) { _, last in last }
    }

    private func value(_ name: String) -> String? { values[name] }

    /// - Returns: the value, where it must be there.
    func required<Value>(_ name: String, _ value: Value?) throws(Problem) -> Value {
        guard let value else { throw .badRequest("“\(name)” is missing.") }
        return value
    }

    /// An instant as the API writes it: RFC 3339, UTC, with milliseconds.
    func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let text = value(name) else { return nil }
        guard let time = Timestamp(apiText: text) else {
            throw .badRequest("“\(name)” is no instant as 2026-11-23T14:05:00.250Z is.")
        }
        return time
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(wholly: text), range.contains(number) else {
            throw .badRequest("“\(name)” is no whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func decimal(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
        guard let text = value(name) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .badRequest("“\(name)” is no number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func flag(_ name: String) throws(Problem) -> Bool? {
        switch value(name) {
        case nil: nil
        case "true": true
        case "false": false
        default: throw .badRequest("“\(name)” is neither true nor false.")
        }
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Word.Type
    ) throws(Problem) -> Word? {
        guard let text = value(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .badRequest("“\(name)” is none of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return word
    }

    func text(_ name: String, atMost limit: Int) throws(Problem) -> String? {
        guard let text = value(name) else { return nil }
        guard text.unicodeScalars.count <= limit else {
            throw .badRequest("“\(name)” is longer than \(limit) characters.")
        }
        return text
    }

    /// A camera's name; whether there is one is not asked.
    func cameraName(_ name: String = "camera") throws(Problem) -> CameraName? {
        guard let text = value(name) else { return nil }
        do { return try CameraName(text) } catch { throw .badRequest("“\(name)” cannot be a camera's name.") }
    }

    /// The cursor of a list: what the page before gave as `next`.
    func after() throws(Problem) -> String? {
        guard let text = try text("after", atMost: 200) else { return nil }
        guard !text.isEmpty else { throw .badRequest("“after” is empty.") }
        return text
    }
}

extension Int {
    /// Digits and at most a minus sign; neither `+5` nor ` 5`.
    init?(wholly text: some StringProtocol) {
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
            let number = Int(text)
        else { return nil }
        self = number
    }
}

extension Timestamp {
    /// `2026-11-23T14:05:00.250Z`, from 1970 to 2099, and nothing else.
    init?(apiText text: String) {
        guard text.utf8.count == 24, text.hasSuffix("Z"), text.utf8.dropFirst(10).first == UInt8(ascii: "T"),
            let time = try? Timestamp(parsing: text, now: Timestamp(milliseconds: 0), timeZone: .gmt),
            (0..<4_102_444_800_000).contains(time.milliseconds), time.description == text
        else { return nil }
        self = time
    }
}
