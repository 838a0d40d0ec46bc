import { HttpContextToken } from '@angular/common/http';
import { Injectable } from '@angular/core';
import { AbstractOidcService } from 'oidc-spa/angular';

interface DecodedIdToken {
  readonly [claim: string]: unknown;
  readonly name: string;
}

@Injectable({ providedIn: 'root' })
export class Oidc extends AbstractOidcService<DecodedIdToken> {
  override decodedIdTokenSchema = {
    parse: (claims: Record<string, unknown>): DecodedIdToken => ({ ...claims, name: String(claims['name']) }),
  };
}

export const REQUIRE_ACCESS_TOKEN = new HttpContextToken<boolean>(() => false);
