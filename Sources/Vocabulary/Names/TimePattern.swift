/// A date's form as `strftime` has it, of the directives that make names: `%Y%m%dT%H%M%SZ`.
package struct TimePattern: Hashable, Sendable {
    private enum Part: Hashable {
        case text(Character)
        case directive(Directive)
    }

    /// By their letters.
    private enum Directive: Character, CaseIterable {
        case year = "Y"
        case shortYear = "y"
        case month = "m"
        case day = "d"
        case hour = "H"
        case minute = "M"
        case second = "S"
        case millisecond = "L"
        case offset = "z"
        case unixTime = "s"
    }

    private let parts: [Part]

    /// - Throws: what is wrong with it, as text.
    package init(_ text: Substring) throws(NameProblem) {
        var parts: [Part] = []
        var rest = text
        while let character = rest.popFirst() {
            guard character == "%" else {
                parts.append(.text(character))
                continue
            }
            guard let letter = rest.popFirst(), let directive = Directive(rawValue: letter) else {
                throw NameProblem("“\(text)” has a % that none of \(Self.directives) follows")
            }
            parts.append(.directive(directive))
        }
        guard parts.contains(where: { if case .directive = $0 { true } else { false } }) else {
            throw NameProblem("a time has a form such as %Y%m%dT%H%M%SZ")
        }
        self.parts = parts
    }

    /// - Parameter offset: of the clock that is read, in seconds east of UTC.
    package func text(of instant: Timestamp, offset: Int) -> String {
        let civil = CivilTime(instant + .seconds(offset))
        return parts.map { part in
            switch part {
            case .text(let character): String(character)
            case .directive(let directive):
                switch directive {
                case .year: civil.year.padded(4)
                case .shortYear: (civil.year % 100).padded(2)
                case .month: civil.month.padded(2)
                case .day: civil.day.padded(2)
                case .hour: civil.hour.padded(2)
                case .minute: civil.minute.padded(2)
                case .second: civil.second.padded(2)
                case .millisecond: civil.millisecond.padded(3)
                case .offset: offset.asOffset(separator: "")
                case .unixTime: "\(instant.wholeSeconds.seconds)"
                }
            }
        }.joined()
    }

    private static var directives: String { Directive.allCases.map { String($0.rawValue) }.joined(separator: " ") }
}

extension Int {
    /// These seconds east of UTC as `+0100`, with something between hours and minutes.
    package func asOffset(separator: String) -> String {
        let minutes = Swift.abs(self) / 60
        return (self < 0 ? "-" : "+") + (minutes / 60).padded(2) + separator + (minutes % 60).padded(2)
    }
}
