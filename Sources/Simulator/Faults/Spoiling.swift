internal import NIOCore
internal import Vocabulary

extension Answer {
    /// As the real server compresses pictures for whoever accepts it: in chunks, without a Content-Length.
    func gzipped() -> Answer {
        encoded("gzip", Encodings.gzip(body))
    }

    fileprivate func encoded(_ name: String, _ body: ByteBuffer) -> Answer {
        var encoded = self
        encoded.body = body
        encoded.headers.append(HTTPField(name: "Content-Encoding", value: name))
        encoded.isChunked = true
        return encoded
    }

    fileprivate func with(_ body: ByteBuffer) -> Answer {
        var changed = self
        changed.body = body
        return changed
    }
}

extension Fault {
    /// What the client gets instead of a good answer.
    func spoil(_ answer: Answer, for method: String) -> ResponseScript {
        let length = answer.body.readableBytes
        let part = answer.body.getSlice(at: answer.body.readerIndex, length: length * 5 / 8) ?? answer.body
        switch kind {
        case .torn, .truncated: return answer.with(part).script(for: method)
        case .empty: return answer.with(ByteBuffer()).script(for: method)
        case .short: return ResponseScript([.send(answer.head(length: length)), .send(part), .close])
        case .stalled: return ResponseScript([.send(answer.head(length: length)), .send(part), .silence])
        case .stalledHead: return ResponseScript([.send(answer.head(length: length)), .silence])
        case .surplus:
            var doubled = answer.body
            doubled.writeImmutableBuffer(part)
            return answer.with(doubled).script(for: method)
        case .hangUp: return ResponseScript([.close])
        case .reset:
            // The pause lets the client read what came before the reset, which would otherwise overtake it.
            return ResponseScript([.send(answer.head(length: length)), .send(part), .wait(.milliseconds(20)), .reset])
        case .cutChunk:
            var cut = ByteBuffer(string: String(length, radix: 16) + "\r\n")
            cut.writeImmutableBuffer(part)
            return ResponseScript([.send(answer.head(length: nil)), .send(cut), .close])
        case .silent: return ResponseScript([.silence])
        case .drip(let interval):
            return ResponseScript([.send(answer.head(length: length)), .drip(answer.body, every: interval)])
        case .slow(let delay): return ResponseScript([.wait(delay)] + answer.script(for: method).steps)
        case .endless:
            let filler = ByteBuffer(repeating: 0x5a, count: 65_536)
            var chunk = ByteBuffer(string: "10000\r\n")
            chunk.writeImmutableBuffer(filler)
            chunk.writeString("\r\n")
            let start = [.send(answer.head(length: nil))] + answer.chunks().map { ResponseScript.Step.send($0) }
            return ResponseScript(start + [.endless(chunk)])
        case .hugeLength:
            return ResponseScript([.send(answer.head(length: .max)), .send(answer.body), .silence])
        case .gzip: return answer.gzipped().script(for: method)
        case .brotli: return answer.encoded("br", Encodings.brotli(answer.body)).script(for: method)
        case .bomb: return answer.encoded("gzip", Encodings.gzipBomb(bytes: 268_435_456)).script(for: method)
        case .html: return Answer(200, "<!doctype html><title>Sign in</title><h1>Sign in</h1>").script(for: method)
        case .json: return Answer.json(#"{"detail": "Not what you asked for"}"#).script(for: method)
        case .status(let status): return Answer.failure(status, retryAfter: retryAfter).script(for: method)
        case .redirect(let status, let location):
            return Answer(status, "", headers: [HTTPField(name: "Location", value: location)]).script(for: method)
        case .null, .absent, .number, .relative, .long, .unreachable, .elsewhere, .stale:
            return answer.script(for: method)
        }
    }

    /// What the webcam API answers instead of the address that it would announce.
    func webcamValue(account: String, target: String) -> String {
        func value(_ address: String) -> String { #"{"snapshot": "\#(address)"}"# }
        return switch kind {
        case .null: #"{"snapshot": null}"#
        case .absent: "{}"
        case .number: #"{"snapshot": 42}"#
        case .relative: value(target)
        case .long: value(account + "/" + String(repeating: "a", count: 1_048_576))
        case .unreachable: value("http://localhost:3334" + target)
        case .elsewhere(let address): value(address)
        default: value(account + target)
        }
    }
}
