import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import printlapse

@Suite struct `What errors say` {
    /// A declaration of an error that is shown to people.
    private struct Declaration {
        let name: String
        let cases: Int
    }

    /// By path, from `Sources` on.
    private static func sources() throws -> [String: String] {
        let root = Article.root.appending(path: "Sources")
        var texts: [String: String] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: root.path) where file.hasSuffix(".swift") {
            texts[file] = try String(contentsOf: root.appending(path: file), encoding: .utf8)
        }
        return texts
    }

    private static func declarations() throws -> [Declaration] {
        try sources().values.flatMap { text in
            text.matches(
                of: #/\n *(?:public |package )?(enum|struct) (\w+): [^{\n]*(?:ExplainedError|SourceFault)\b[^{\n]*\{/#
            )
            .map { match in
                // Cases stand before all else.
                let body = text[match.range.upperBound...].prefix { $0 != "}" }
                return Declaration(
                    name: String(match.output.2),
                    cases: body.matches(of: #/\n +case \w+(\(.*\))?(?=\n|$)/#).count)
            }
        }
    }

    @Test func `is looked at for every case of every type`() throws {
        let samples = Dictionary(grouping: try ErrorSamples().all) { "\(type(of: $0))" }
        let declarations = try Self.declarations()
        #expect(declarations.count > 20)
        // These two are made inside the gallery and the monitoring alone, of texts that are given.
        let inward: Set = ["GalleryOptionError", "PictureRegionError", "MetricsServerError"]
        for declaration in declarations where !inward.contains(declaration.name) {
            let found = Set((samples[declaration.name] ?? []).map(\.description)).count
            #expect(
                found >= max(1, declaration.cases),
                "\(declaration.name) has \(declaration.cases) cases, and \(found) errors of it are looked at")
        }
    }

    @Test func `is what is wrong and what to do now, in whole sentences`() throws {
        for error in try ErrorSamples().all {
            for text in [error.description, error.hint] {
                #expect(text.count >= 8, "\(type(of: error)).\(error.label)")
                #expect(!text.contains("Optional(") && !text.contains("  ") || text.contains(":\n"), "\(text)")
                #expect(text.trimmingCharacters(in: .whitespacesAndNewlines) == text, "\(text)")
            }
            #expect(
                error.hint.first?.isUppercase == true || ["“", "https:"].contains(where: error.hint.hasPrefix),
                "\(error.hint)")
            #expect(error.hint.asSentence == error.hint || !error.hint.hasSuffix(","), "\(error.hint)")
            #expect(error.label.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(error.label)")
            #expect(error.commandHint.hasPrefix(error.hint), "\(error.commandHint)")
            #expect(!error.message.contains("user:word"))
        }
    }

    /// A whole command may be named, in quotation marks: “printlapse verify --repair” is the same wherever one reads it.
    @Test func `names no option where it is a library that says it`() throws {
        for (file, text) in try Self.sources() where !file.hasPrefix("printlapse/") {
            for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                // What a check was asked for is kept as it was typed, and ffmpeg's own options are no errors.
                guard !["VerifyJournal.swift", "FFmpeg.swift"].contains(where: file.hasSuffix) else {
                    continue
                }
                // Nor are the colours of a page.
                let told = line.replacing(#/“[^”]*”|"printlapse [^"]*"|var\(--\w+\)|--\w+: /#, with: "")
                #expect(!told.contains(#/--[a-z]{2,}/#), "\(file): \(line)")
            }
        }
    }

    /// A case more is to be asked what it says.
    @Test func `is said case by case`() throws {
        for (file, text) in try Self.sources()
        where text.contains(#/(enum|extension) \w+(: ExplainedError|Error)\b/#) && text.contains("var hint: String") {
            for part in text.split(separator: #/\n(?=    \w+ var (description|hint|label): String)/#).dropFirst() {
                let body = part.prefix(upTo: part.firstRange(of: "\n    }\n")?.lowerBound ?? part.endIndex)
                #expect(!body.contains("default:"), "\(file)")
            }
        }
    }
}
