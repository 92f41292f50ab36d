import Vocabulary

/// What became of damaged and of clean pictures.
struct TruthTally {
    enum Verdict {
        case taken
        /// Suspect beside the frame before, or in the picture alone.
        case suspectBeside, suspectAlone
        /// Rejected; libjpeg warned of it as well.
        case rejected, warnedOf
    }

    /// Of one kind of damage.
    struct Row {
        private(set) var seen = 0
        private(set) var counts = [0, 0, 0, 0]

        mutating func add(_ verdict: Verdict) {
            seen += 1
            let columns =
                switch verdict {
                case .warnedOf: 4
                case .rejected: 3
                case .suspectAlone: 2
                case .suspectBeside: 1
                case .taken: 0
                }
            for column in counts.indices.suffix(columns) { counts[column] += 1 }
        }

        mutating func add(_ other: Row) {
            seen += other.seen
            for column in counts.indices { counts[column] += other.counts[column] }
        }
    }

    var rows: [Damage: Row] = [:]
    var clean = 0
    var rejectedClean = 0
    var suspectAlone = 0
    var suspectBeside = 0

    mutating func add(_ other: TruthTally) {
        for (damage, row) in other.rows { rows[damage, default: Row()].add(row) }
        clean += other.clean
        rejectedClean += other.rejectedClean
        suspectAlone += other.suspectAlone
        suspectBeside += other.suspectBeside
    }

    var table: String {
        var lines = ["damage                 visible   libjpeg's     rejected   or suspect   beside the"]
        lines.append("                                 warnings                    alone   one before")
        var all = Row()
        for damage in Damage.allCases {
            guard let row = rows[damage] else { continue }
            lines.append(line(damage.rawValue, row))
            all.add(row)
        }
        lines.append(line("all", all))
        lines.append(
            "of \(clean + rejectedClean) clean ones: \(rejectedClean) rejected, \(suspectAlone) suspect alone, "
                + "\(suspectBeside) beside the one before")
        return lines.joined(separator: "\n")
    }

    /// What became of clean pictures.
    func line(of name: String) -> String {
        name.filled(to: 40) + "\(clean + rejectedClean)".right(in: 9) + "\(rejectedClean)".right(in: 11)
            + "\(suspectAlone)".right(in: 13) + "\(suspectBeside)".right(in: 13)
    }

    private func line(_ name: String, _ row: Row) -> String {
        let shares = row.counts.map { Double($0) / Double(max(1, row.seen)) * 100 }
        return name.filled(to: 23) + "\(row.seen)".right(in: 7)
            + zip(shares, [12, 13, 13, 13]).map { $0.formatted(places: 1).right(in: $1) }.joined()
    }
}
