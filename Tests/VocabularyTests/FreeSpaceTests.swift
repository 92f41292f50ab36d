import Glibc
import Testing

@testable import Vocabulary

@Suite struct `What is free on a disk` {
    private func free(blocks: UInt, available: UInt, size: UInt) -> ByteCount {
        var system = statvfs()
        (system.f_blocks, system.f_bavail, system.f_frsize) = (blocks, available, size)
        return ByteCount(freeIn: system)
    }

    @Test func `is what an ordinary user may write`() {
        #expect(free(blocks: 100, available: 7, size: 4096) == ByteCount(28_672))
        #expect(free(blocks: 100, available: 0, size: 4096) == .zero)
    }

    @Test func `has no bound where the file system does not say, or says too much`() {
        #expect(free(blocks: 0, available: 0, size: 0) == ByteCount(Int64.max))
        #expect(free(blocks: .max, available: .max, size: 65_536) == ByteCount(Int64.max))
        #expect(free(blocks: .max, available: 1 << 62, size: 2) == ByteCount(Int64.max))
    }

    @Test func `is asked of paths and of open files alike`() throws {
        let descriptor = open("/", O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        #expect(try #require(ByteCount.free(besides: "/")) > .zero)
        #expect(try #require(ByteCount.free(besides: descriptor)) > .zero)
        #expect(ByteCount.free(besides: "/no such folder") == nil)
        #expect(errno == ENOENT)
    }
}
