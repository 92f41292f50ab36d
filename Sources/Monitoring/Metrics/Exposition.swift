/// A page of metrics in Prometheus's text format 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
///
/// Each family is written whole, in one block, after its HELP and TYPE lines.
package struct Exposition {
    package enum Kind: String {
        case counter, gauge, histogram
    }

    /// Pairs of a name and a value.
    package typealias Labels = KeyValuePairs<String, String>

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var text = ""

    package init() {}

    /// Writes a family; one without samples is left out.
    package mutating func family(
        _ name: String, _ kind: Kind, _ help: String, _ write: (inout Samples) -> Void
    ) {
        var samples = Samples(name: name)
        write(&samples)
        guard !samples.text.isEmpty else { return }
        text += "# HELP \(name) \(help.escaped(quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
        text += samples.text
    }

    /// The samples of one family.
    package struct Samples {
        fileprivate let name: String
        fileprivate var text = ""

        fileprivate init(name: String) {
            self.name = name
        }

        package mutating func add(_ value: some MetricValue, _ labels: Labels = [:]) {
            line(name, labels, value.metricText)
        }

        /// A histogram's buckets, each counting the ones below it as well, its sum and its count.
        mutating func add(_ histogram: Histogram) {
            var count = 0
            for (bound, inBucket) in zip(histogram.bounds, histogram.counts) {
                count += inBucket
                line(name + "_bucket", ["le": bound.metricText], count.metricText)
            }
            line(name + "_bucket", ["le": "+Inf"], histogram.count.metricText)
            line(name + "_sum", [:], histogram.sum.metricText)
            line(name + "_count", [:], histogram.count.metricText)
        }

        private mutating func line(_ name: String, _ labels: Labels, _ value: String) {
            text += name
            if !labels.isEmpty {
                var separator = "{"
                for (label, value) in labels {
                    text += "\(separator)\(label)=\"\(value.escaped(quotes: true))\""
                    separator = ","
                }
                text += "}"
            }
            text += " \(value)\n"
        }
    }
}

/// A number as the format writes it.
package protocol MetricValue {
    var metricText: String { get }
}

extension Int: MetricValue {
    package var metricText: String { String(self) }
}

extension Int64: MetricValue {
    package var metricText: String { String(self) }
}

extension Double: MetricValue {
    package var metricText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
        // Swift writes 5.0 for 5, and an exponent as Go reads it.
        return self == rounded() && magnitude < 1e15 ? String(Int64(self)) : "\(self)"
    }
}

extension String {
    /// With backslashes and line feeds escaped, and in a label's value quotation marks too.
    fileprivate func escaped(quotes: Bool) -> String {
        guard utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || quotes && $0 == 0x22 }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\"" where quotes: text += "\\\""
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
