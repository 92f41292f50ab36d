/// The order in which letters stand from left to right, where some are read from right to left.
///
/// Unicode's bidirectional algorithm (UAX #9) as far as titles and names of cameras need it: the first letter decides the direction
/// of the whole, numbers go from left to right, signs between two letters of one direction go with them, and brackets are
/// mirrored. There are no embeddings. Letters are not joined, as Arabic ones would be.
enum VisualOrder {
    private enum Kind { case left, right, number, neutral }

    static func of(_ text: String) -> String {
        let characters = Array(text)
        let kinds = characters.map(kind)
        guard kinds.contains(.right) else { return text }
        let isRightFirst = kinds.first { $0 == .left || $0 == .right } == .right
        let levels = levels(kinds, isRightFirst: isRightFirst)
        var order = Array(characters.indices)
        // From the innermost on, each run is turned round (L2).
        for level in [2, 1] {
            var start = 0
            while start < order.count {
                let end = order[start...].firstIndex { levels[$0] < level } ?? order.count
                order[start..<end].reverse()
                start = end + 1
            }
        }
        return String(order.map { levels[$0] == 1 ? mirrored[characters[$0]] ?? characters[$0] : characters[$0] })
    }

    /// 0 from left to right, 1 from right to left, 2 from left to right within that.
    private static func levels(_ kinds: [Kind], isRightFirst: Bool) -> [Int] {
        var levels: [Int] = []
        for (place, kind) in kinds.enumerated() {
            let before = kinds[..<place].last { $0 == .left || $0 == .right } ?? (isRightFirst ? .right : .left)
            switch kind {
            case .left: levels.append(isRightFirst ? 2 : 0)
            case .right: levels.append(1)
            case .number: levels.append(isRightFirst || before == .right ? 2 : 0)
            case .neutral:
                let next = kinds[(place + 1)...].first { $0 != .neutral }
                // A point or colon between two digits is the number's.
                if place > 0, kinds[place - 1] == .number, place + 1 < kinds.count, kinds[place + 1] == .number {
                    levels.append(levels[place - 1])
                } else if before == .left, next == .left || next == .number {
                    levels.append(isRightFirst ? 2 : 0)
                } else if before == .right, next == .right || next == .number {
                    levels.append(1)
                } else {
                    levels.append(isRightFirst ? 1 : 0)
                }
            }
        }
        return levels
    }

    private static func kind(_ character: Character) -> Kind {
        guard let scalar = character.unicodeScalars.first else { return .neutral }
        if scalar.properties.numericType == .decimal { return .number }
        guard scalar.properties.isAlphabetic else { return .neutral }
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return .right
        default: return .left
        }
    }

    private static let mirrored: [Character: Character] = [
        "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«",
    ]
}
