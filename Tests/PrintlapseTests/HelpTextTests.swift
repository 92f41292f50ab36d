import ArgumentParser
import Export
import Foundation
import TestSupport
import Testing

@testable import printlapse

/// What `--help` says, command by command: each there is, those within others too.
@Suite struct `The help of every command` {
    private static var all: [any ParsableCommand.Type] { below(Printlapse.self) }

    private static func below(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap(below)
    }

    @Test func `is told of more than thirty commands`() {
        #expect(Self.all.count > 30)
    }

    @Test func `fits into 80 columns, with a sentence on what the command does`() {
        for command in Self.all {
            let name = command._commandName
            let abstract = command.configuration.abstract
            #expect(abstract.hasSuffix("."), "\(name): \(abstract)")
            // An example is a line that one copies, and is not broken; nor does the parser's usage break.
            let wide = Printlapse.helpMessage(for: command, columns: 80).split(separator: "\n").filter {
                $0.count > 80 && !$0.contains("printlapse ")
            }
            #expect(wide == [], "\(name)")
        }
    }

    private struct Dump: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable { let name: String }
            let shouldDisplay: Bool
            let abstract: String?
            let names: [Name]?
            let valueName: String?
        }
        struct Command: Decodable {
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?
        }
        let command: Command
    }

    @Test func `says of every argument and option what it is`() throws {
        let dump = try JSONDecoder().decode(Dump.self, from: Data(Printlapse._dumpHelp().utf8))
        var (pending, told) = ([dump.command], 0)
        while let command = pending.popLast() {
            // The parser's own tells of itself.
            pending += (command.subcommands ?? []).filter { $0.commandName != "help" }
            for argument in command.arguments ?? [] where argument.shouldDisplay {
                told += 1
                let name = argument.names?.last?.name ?? argument.valueName ?? "?"
                #expect(argument.abstract?.isEmpty == false, "\(command.commandName) \(name)")
            }
        }
        #expect(told > 200)
    }

    @Test(arguments: ExportFormat.allCases.filter { !$0.ending.isEmpty })
    func `names every ending that an export can have, and so does the README`(format: ExportFormat) throws {
        let readme = try String(contentsOf: Article.root.appending(path: "README.md"), encoding: .utf8)
        for text in [ExportCommand.helpMessage(), readme] {
            #expect(text.contains(format.ending + " ") || text.contains(format.ending + "`"), "\(format.ending)")
        }
    }

    /// The lines of the discussion that begin with the program's name, up to a comment or a pipe.
    private static func examples(of command: any ParsableCommand.Type) -> [String] {
        command.configuration.discussion.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix("printlapse ") }
    }

    /// As a shell divides a line into words, as far as the examples need it.
    private static func words(_ line: String) -> [String] {
        var (words, word, quote): ([String], String?, Character?) = ([], nil, nil)
        for character in line {
            switch character {
            case "'", "\"":
                if quote == character {
                    quote = nil
                } else if quote == nil {
                    quote = character
                } else {
                    word = (word ?? "") + String(character)
                }
                word = word ?? ""
            case " " where quote == nil:
                if let done = word { words.append(done) }
                word = nil
            case "|" where quote == nil, "#" where quote == nil && word == nil, ">" where quote == nil,
                "&" where quote == nil, ";" where quote == nil:
                if let done = word { words.append(done) }
                return words
            default: word = (word ?? "") + String(character)
            }
        }
        if let done = word { words.append(done) }
        return words
    }

    @Test func `has examples that the command takes`() {
        var count = 0
        for command in Self.all {
            for example in Self.examples(of: command) {
                count += 1
                let words = Array(Self.words(example).dropFirst())
                #expect(throws: Never.self, "\(example)") { _ = try Printlapse.parseAsRoot(words) }
            }
        }
        #expect(count > 20)
    }
}
