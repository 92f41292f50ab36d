import ArgumentParser
import Foundation
import TestSupport
import TestThreads
import Testing

@testable import Settings
@testable import printlapse

/// The catalogue about the architecture, beside the repository that it describes.
@Suite struct `The architecture's catalogue` {
    @Test func `has every exit code`() throws {
        let codes = try Article("printlapse", "Commands").rows(under: "code").compactMap { Int32($0[0]) }
        #expect(codes == ExitStatus.allCases.map(\.rawValue))
    }

    @Test func `has every command, by its group`() throws {
        let commands = Printlapse.configuration.groupedSubcommands.flatMap { group in
            group.subcommands.map { [$0._commandName, group.name] }
        }
        #expect(try Article("printlapse", "Commands").rows(under: "command").map { [$0[0], $0[1]] } == commands)
    }

    @Test func `has every key that commands give as JSON`() throws {
        let rows = try Article("printlapse", "JSONKeys").rows(under: "asked")
        let pinned = `What commands say as JSON`.commands
        #expect(rows.map { $0[0] } == pinned.map(\.command))
        for (row, pinned) in zip(rows, pinned) {
            let keys = pinned.keys.split(separator: " ").sorted()
            #expect(row[1].split(separator: " ").sorted() == keys, "\(pinned.command): \(keys.joined(separator: " "))")
        }
    }

    @Test func `has every key of timelapses that make themselves`() throws {
        let keys = try Article("printlapse", "TimelapsesByThemselves").rows(under: "key").map { $0[0] }
        #expect(keys.sorted() == TimelapseKeys.names.sorted())
    }

    @Test func `has every module, and which others it knows`() throws {
        let sources = Article.root.appending(path: "Sources")
        let modules = try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
        let rows = try Article("printlapse", "Modules").rows(under: "module")
        #expect(rows.map { $0[0] }.sorted() == modules)
        for row in rows {
            let known = try Self.imports(of: sources.appending(path: row[0])).intersection(modules)
            #expect(
                row[1].split(separator: " ").map(String.init) == known.sorted(),
                "| `\(row[0])` | \(known.sorted().map { "`\($0)`" }.joined(separator: " ")) |")
        }
    }

    @Test func `has the modules below those that know them`() throws {
        var below: Set<String> = []
        for row in try Article("printlapse", "Modules").rows(under: "module") {
            let known = row[1].split(separator: " ").map(String.init)
            #expect(below.isSuperset(of: known), "\(row[0]) knows a module that stands below it")
            below.insert(row[0])
        }
    }

    @Test(.ownThread) func `names tests that there are`() throws {
        let tests = Article.root.appending(path: "Tests")
        var texts: [String: String] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: tests.path) where file.hasSuffix(".swift") {
            texts[file] = try String(contentsOf: tests.appending(path: file), encoding: .utf8)
        }
        let rows = try Article("printlapse", "Invariants").rows(under: "invariant")
        #expect(rows.count >= 20)
        for row in rows {
            let (suite, test) = (row[1], row[2])
            #expect(
                texts.values.contains {
                    $0.contains("struct `\(suite)`") && (test.isEmpty || $0.contains("func `\(test)`"))
                },
                "there is no test “\(suite)”: “\(test)”")
        }
    }

    @Test func `names files that there are`() throws {
        for article in try ["printlapse", "Tunnel", "Catalog"].flatMap(Article.all) {
            for word in article.words
            where word.hasPrefix("Sources/") || word.hasPrefix("Tests/") || word.hasPrefix("Samples/") {
                #expect(
                    FileManager.default.fileExists(atPath: Article.root.appending(path: word).path),
                    "\(article.path) names \(word)")
            }
        }
    }

    @Test func `tells what this version is about`() throws {
        let versions = try Article("printlapse", "WhatChanged").rows(under: "version").map { $0[0] }
        #expect(versions.first == Printlapse.version)
    }

    /// What a module's files import.
    private static func imports(of module: URL) throws -> Set<String> {
        var imports: Set<String> = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: module.path) where file.hasSuffix(".swift") {
            for line in try String(contentsOf: module.appending(path: file), encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place < 3, words.count > place + 1 else { continue }
                if words[..<place].allSatisfy({
                    ["public", "package", "internal", "private", "@_exported"].contains($0)
                }) {
                    imports.insert(String(words[words.count - 1]))
                }
            }
        }
        return imports
    }
}
