/// Reads Prometheus's text format 0.0.4 and refuses whatever is not just as the format's description has it.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct ExpositionParser {
    struct Family {
        let name: String
        let type: String
        let help: String
        var samples: [Sample] = []
    }

    struct Sample {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    struct Malformed: Error {
        let line: String
        let problem: String
    }

    /// The families by name, each checked as a whole.
    static func families(in page: String) throws -> [String: Family] {
        guard page.hasSuffix("\n") else { throw Malformed(line: "", problem: "no line feed at the end") }
        var families: [String: Family] = [:]
        var current: Family?
        var help: (name: String, text: String)?
        func finish() throws {
            guard let family = current else { return }
            guard families.updateValue(family, forKey: family.name) == nil else {
                throw Malformed(line: family.name, problem: "two blocks")
            }
            try check(family)
        }
        for line in page.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            func malformed(_ problem: String) -> Malformed { Malformed(line: line, problem: problem) }
            if line.hasPrefix("# HELP ") {
                let parts = line.dropFirst(7).split(separator: " ", maxSplits: 1)
                guard parts.count == 2, isName(parts[0]) else { throw malformed("help") }
                help = (String(parts[0]), try unescaped(parts[1], quotes: false))
            } else if line.hasPrefix("# TYPE ") {
                let parts = line.dropFirst(7).split(separator: " ")
                guard parts.count == 2, ["counter", "gauge", "histogram"].contains(parts[1]) else {
                    throw malformed("type")
                }
                guard let text = help, text.name == parts[0] else { throw malformed("no help before the type") }
                try finish()
                current = Family(name: String(parts[0]), type: String(parts[1]), help: text.text)
                help = nil
            } else {
                let sample = try sample(line)
                guard let family = current, family.accepts(sample.name), help == nil else {
                    throw malformed("not under its type")
                }
                current?.samples.append(sample)
            }
        }
        try finish()
        return families
    }

    private static func check(_ family: Family) throws {
        func malformed(_ problem: String) -> Malformed { Malformed(line: family.name, problem: problem) }
        guard !family.samples.isEmpty else { throw malformed("no samples") }
        let keys = family.samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }
        guard Set(keys).count == keys.count else { throw malformed("a sample twice") }
        switch family.type {
        case "counter":
            guard family.name.hasSuffix("_total") else { throw malformed("a counter's name ends with _total") }
            guard family.samples.allSatisfy({ $0.value >= 0 }) else { throw malformed("a negative counter") }
        case "histogram":
            let buckets = family.samples.filter { $0.name.hasSuffix("_bucket") }
            let bounds = buckets.compactMap { $0.labels["le"].flatMap(number) }
            guard bounds.count == buckets.count, bounds == bounds.sorted(), bounds.last == .infinity else {
                throw malformed("bounds")
            }
            let counts = buckets.map(\.value)
            guard counts == counts.sorted() else { throw malformed("buckets are not cumulative") }
            guard family.samples.first(where: { $0.name.hasSuffix("_count") })?.value == counts.last,
                family.samples.contains(where: { $0.name.hasSuffix("_sum") })
            else { throw malformed("count and sum") }
        default: break
        }
    }

    private static func sample(_ line: String) throws -> Sample {
        func malformed(_ problem: String) -> Malformed { Malformed(line: line, problem: problem) }
        let name = line.prefix { $0 != "{" && $0 != " " }
        guard isName(name) else { throw malformed("name") }
        var rest = line.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            repeat {
                rest = rest.dropFirst()
                let label = rest.prefix { $0 != "=" }
                guard isName(label), !label.contains(":"), rest.dropFirst(label.count).hasPrefix("=\"") else {
                    throw malformed("label")
                }
                rest = rest.dropFirst(label.count + 2)
                var raw = ""
                while let character = rest.popFirst(), character != "\"" {
                    raw.append(character)
                    if character == "\\", let next = rest.popFirst() { raw.append(next) }
                }
                guard labels.updateValue(try unescaped(raw[...], quotes: true), forKey: String(label)) == nil else {
                    throw malformed("a label twice")
                }
            } while rest.first == ","
            guard rest.popFirst() == "}" else { throw malformed("end of the labels") }
        }
        guard rest.popFirst() == " ", let value = number(String(rest)) else { throw malformed("value") }
        return Sample(name: String(name), labels: labels, value: value)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.contains { !"0123456789.e+-".contains($0) } ? nil : Double(text)
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        text.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil
    }

    private static func unescaped(_ text: Substring, quotes: Bool) throws -> String {
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            switch rest.popFirst() {
            case "\\": result.append("\\")
            case "n": result.append("\n")
            case "\"" where quotes: result.append("\"")
            default: throw Malformed(line: String(text), problem: "escape")
            }
        }
        return result
    }
}

extension ExpositionParser.Family {
    func accepts(_ sample: String) -> Bool {
        type == "histogram" ? ["_bucket", "_sum", "_count"].contains { name + $0 == sample } : name == sample
    }

    /// The value of the sample with just these labels.
    subscript(labels: [String: String]) -> Double? { samples.first { $0.labels == labels }?.value }
}
