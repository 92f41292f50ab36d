import Testing

@testable import printlapse

@Suite struct `Messages that nobody reads` {
    private func line(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }

    private func text(_ queue: inout MessageQueue) -> String {
        String(decoding: queue.takeAll { "(\($0) lost)" }, as: UTF8.self)
    }

    @Test func `wait in order, and are taken once`() {
        var queue = MessageQueue(limit: 100)
        queue.append(line("one"))
        queue.append(line("two"))
        #expect(text(&queue) == "one\ntwo\n")
        #expect(text(&queue) == "")
        #expect(queue.waitingBytes == 0)
    }

    @Test func `take no more room than they may, and those that are lost are counted where they were`() {
        var queue = MessageQueue(limit: 12)
        for number in 1...1000 { queue.append(line("line \(number % 10)")) }
        #expect(queue.waitingBytes == 7)
        #expect(queue.lostLines == 999)
        #expect(text(&queue) == "line 1\n(999 lost)\n")
        queue.append(line("after"))
        #expect(text(&queue) == "after\n")
        #expect(queue.lostLines == 999)
    }

    @Test func `count by their lines`() {
        var queue = MessageQueue(limit: 4)
        queue.append(line("one"))
        queue.append(line("two\nthree"))
        queue.append(Array("four".utf8))
        #expect(queue.lostLines == 3)
    }

    @Test func `are taken however long they are, where nothing else waits`() {
        var queue = MessageQueue(limit: 4)
        queue.append(line("a long line"))
        #expect(text(&queue) == "a long line\n")
    }
}

@Suite struct `A signal that asks for the end` {
    @Test func `lets work end in good order, and a second one does not`() {
        var rule = EndingRule()
        rule.workBegins()
        #expect(rule.signalled() == .endInOrder)
        #expect(rule.signalled() == .endNow)
    }

    @Test func `ends at once before there is any work`() {
        var rule = EndingRule()
        #expect(rule.signalled() == .endNow)
    }
}
